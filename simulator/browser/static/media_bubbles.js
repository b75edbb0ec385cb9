// Pictures, albums, video, voice and files in bubbles, and pictures seen whole.
import { pictureAddress } from "./addresses.js";
import { h, icon } from "./dom.js";
import { ICONS } from "./icons.js";
import { openSheet } from "./sheet.js";
import { store } from "./store.js";
import { t } from "./words.js";

const ALBUM_SHOWN = 9;
/** How many pictures stand in each row, by how many there are. */
const ALBUM_ROWS = { 1: [1], 2: [2], 3: [1, 2], 4: [2, 2], 5: [2, 3], 6: [3, 3], 7: [2, 2, 3], 8: [2, 3, 3], 9: [3, 3, 3] };

/** Where the pictures of a line are: small for the bubble, whole for the viewer. */
export function picturesOf(line) {
  if (line.media) return { small: line.media.preview_url ?? line.media.url, whole: line.media.url };
  const message = line.message;
  const whole = pictureAddress(message.originalContentUrl ?? message.contentProvider?.originalContentUrl);
  return { small: pictureAddress(message.previewImageUrl ?? message.contentProvider?.previewImageUrl) ?? whole, whole };
}

export function drawPicture(line, glass) {
  const { small, whole } = picturesOf(line);
  if (!small) return h("p.bubble-text", {}, t("media.gone"));
  const label = t("picture.of", { name: store.nameOf(line.by) });
  return h("button.picture", { type: "button", "aria-label": label, onclick: () => viewPicture(glass, whole, label) },
    h("img", { src: small, alt: "" }));
}

/** Several pictures that were sent together, in the order in which they were chosen. */
export function drawAlbum(lines, glass) {
  const there = [...lines].sort((a, b) => (a.message.imageSet.index ?? 0) - (b.message.imageSet.index ?? 0));
  const inRow = ALBUM_ROWS[Math.min(there.length, ALBUM_SHOWN)].flatMap((count) => Array(count).fill(count));
  const tiles = there.slice(0, ALBUM_SHOWN).map((line, at) => {
    const { small, whole } = picturesOf(line);
    const label = t("picture.one_of", { n: at + 1, all: there.length, name: store.nameOf(line.by) });
    const more = at === ALBUM_SHOWN - 1 && there.length > ALBUM_SHOWN ? h("span.album-more", {}, `+${there.length - ALBUM_SHOWN}`) : null;
    const tile = h("button.album-tile", { type: "button", class: `album-of-${inRow[at]}`, "aria-label": label, onclick: () => viewPicture(glass, whole, label) },
      h("img", { src: small ?? "", alt: "" }), more);
    tile.dataset.messageId = line.message_id;
    return tile;
  });
  return h("div.album", { role: "group", "aria-label": t("album.of", { n: there.length }) }, tiles);
}

export function viewPicture(glass, address, label) {
  const picture = h("img.viewer-picture", { src: address, alt: label });
  const save = h("a.choice.viewer-save", { href: address, download: "photo.jpg" }, t("picture.save"));
  openSheet(glass, { title: t("picture"), kind: "viewer", body: [picture, save] });
}

export function drawVideo(line) {
  const source = line.media?.url ?? pictureAddress(line.message.originalContentUrl);
  if (!source) return h("p.bubble-text", {}, t("media.gone"));
  return h("video.video", { src: source, controls: true, preload: "metadata", playsinline: true, "aria-label": t("video") });
}

export function drawVoice(line) {
  const source = line.media?.url ?? pictureAddress(line.message.originalContentUrl);
  if (!source) return h("p.bubble-text", {}, t("media.gone"));
  const length = h("span.voice-length", {}, asMinutes(line.message.duration ?? 0));
  const button = h("button.voice-button", { type: "button", "aria-label": t("voice.play"), "aria-pressed": "false" }, icon(ICONS.play));
  let sound = null;
  button.addEventListener("click", () => {
    if (!sound) {
      sound = new Audio(source);
      const show = () => button.setAttribute("aria-pressed", String(!sound.paused));
      for (const event of ["play", "pause", "ended"]) sound.addEventListener(event, show);
      sound.addEventListener("error", () => (length.textContent = t("voice.unplayable")));
    }
    if (sound.paused) sound.play().catch(() => (length.textContent = t("voice.unplayable")));
    else sound.pause();
  });
  return h("div.voice", {}, button, h("span.voice-wave", { "aria-hidden": "true" }), length);
}

export function drawFile(line) {
  const { fileName = "", fileSize = 0 } = line.message;
  const about = h("span.file-about", {}, h("span.file-name", {}, fileName), h("span.file-size", {}, asSize(fileSize)));
  if (!line.media) return h("div.file", {}, icon(ICONS.file), about);
  return h("a.file", { href: line.media.url, download: fileName }, icon(ICONS.file), about);
}

function asMinutes(milliseconds) {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export function asSize(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

// One row of a chat: a bubble with its time and read mark, or a grey line of LINE's own.
import { avatar } from "./avatars.js";
import { h, icon } from "./dom.js";
import { drawFlex } from "./flex.js";
import { ICONS } from "./icons.js";
import { drawAlbum, drawFile, drawPicture, drawVideo, drawVoice, picturesOf } from "./media_bubbles.js";
import { drawSticker, nameOf as nameOfSticker, STICKERS } from "./stickers.js";
import { store } from "./store.js";
import { drawImagemap, drawTemplate } from "./templates.js";
import { drawText, plainText } from "./text.js";
import { clockTime, dayKey } from "./times.js";
import { t } from "./words.js";

const BARE = new Set(["image", "sticker", "flex", "template", "imagemap", "video"]);

/**
 * @typedef {object} Asked what a bubble asks of its chat
 * @property {string} user whose phone it is
 * @property {HTMLElement} glass
 * @property {(action: any, place: string, messageId: string) => void} perform
 * @property {(messageId: string) => void} goTo
 * @property {(line: any) => void} showPlace
 * @property {(line: any, beside: HTMLElement) => void} openMenu
 */

/** @param {any[]} lines one line, or the lines of an album; @param {any} before the line above, or undefined */
export function drawRow(lines, before, chat, asked) {
  const shown = lines.filter((line) => !line.unsent);
  const line = shown[0] ?? lines[0];
  if (line.by === "line") return h("div.row.row-notice", {}, h("span.notice", {}, noticeWords(line)));
  if (!shown.length) return h("div.row.row-notice", {}, h("span.notice", {}, unsentWords(line, asked.user)));
  const mine = line.by === asked.user;
  const first = !before || before.by !== line.by || before.unsent || clockTime(before.at) !== clockTime(line.at) || dayKey(before.at) !== dayKey(line.at);
  const bubble = h("div.bubble", { class: `${BARE.has(line.kind) ? "bubble-bare" : ""} bubble-${line.kind}${first ? " bubble-first" : ""}` },
    line.quotes ? drawQuoted(line.quotes, asked) : null,
    shown.length > 1 ? drawAlbum(shown, asked.glass) : drawContent(line, asked));
  const side = h("span.side", {}, h("span.read-mark", {}, readWords(line, chat, asked.user)),
    line.edited ? h("span.edited", {}, t("edited")) : null,
    h("time", { datetime: new Date(line.at).toISOString() }, clockTime(line.at)));
  const more = h("button.more-button", { type: "button", tabindex: "-1", "aria-label": t("bubble.menu"), onclick: () => asked.openMenu(line, bubble) }, icon(ICONS.more));
  const wide = line.kind === "flex" || line.kind === "template" || line.kind === "imagemap";
  return h("div.row", { role: "article", class: `${mine ? "row-mine" : "row-theirs"}${wide ? " row-wide" : ""}${first ? " row-first" : ""}`, tabindex: "-1", "aria-label": heard(line, shown) },
    mine ? null : h("span.row-avatar", {}, first ? avatar(line.by, store.nameOf(line.by)) : null),
    h("div.row-main", {}, mine || !first ? null : h("span.sender", {}, store.nameOf(line.by)), h("div.row-line", {}, bubble, h("div.beside", {}, more, side))));
}

/** "Read", "Read 2" or nothing. */
export function readWords(line, chat, user) {
  if (line.by !== user) return "";
  if (chat.kind === "user") return line.read ? t("read") : "";
  const count = countReaders(line, chat);
  return count ? t("read.count", { n: count }) : "";
}

function countReaders(line, chat) {
  const place = new Map(chat.lines.map((each, at) => [each.message_id, at]));
  const own = place.get(line.message_id) ?? Infinity;
  return chat.members.filter((id) => id !== line.by && (place.get(chat.seen[id]) ?? -1) >= own).length;
}

/** @returns {Node | Array<Node>} */
function drawContent(line, asked) {
  const { kind, message, message_id: id } = line;
  const tapped = (place) => (action) => asked.perform(action, place, id);
  if (kind === "image") return drawPicture(line, asked.glass);
  if (kind === "sticker") return drawSticker(message);
  if (kind === "video") return drawVideo(line);
  if (kind === "audio") return drawVoice(line);
  if (kind === "file") return drawFile(line);
  if (kind === "location") return drawPlace(line, asked);
  if (kind === "flex") return drawFlex(message, tapped("flex"));
  if (kind === "template") return drawTemplate(message, tapped("template"));
  if (kind === "imagemap") return drawImagemap(message, tapped("imagemap"));
  return h("p.bubble-text", {}, drawText(message));
}

function drawPlace(line, asked) {
  const { title, address } = line.message;
  return h("button.place", { type: "button", onclick: () => asked.showPlace(line) },
    h("span.place-map", { "aria-hidden": "true" }, icon(ICONS.place)),
    h("span.place-title", {}, title || t("place")), address ? h("span.place-address", {}, address) : null);
}

function drawQuoted(messageId, asked) {
  const line = store.lines.get(messageId);
  const gone = !line || line.unsent;
  const small = gone ? null : quotedPicture(line);
  return h("button.quoted", { type: "button", title: t("quoted.go", { name: line ? store.nameOf(line.by) : "" }), onclick: () => asked.goTo(messageId) },
    h("span.quoted-words", {}, gone ? null : h("strong", {}, store.nameOf(line.by)), h("span", {}, gone ? t("quoted.gone") : summary(line))), small);
}

export function quotedPicture(line) {
  if (line.kind !== "image") return null;
  const { small } = picturesOf(line);
  return small ? h("img.quoted-picture", { src: small, alt: "" }) : null;
}

/** One line of words for a message: quotes, chat lists, screen readers. */
export function summary(line) {
  const { kind, message } = line;
  if (line.by === "line") return noticeWords(line);
  if (line.unsent) return t("quoted.gone");
  if (kind === "sticker") {
    const known = STICKERS.find((each) => each.sticker_id === message.stickerId);
    return `${t("sticker")}${known ? ` (${nameOfSticker(known)})` : ""}`;
  }
  if (["image", "video", "audio", "location"].includes(kind)) return t(`kind.${kind}`) + (kind === "location" && message.address ? ` · ${message.address}` : "");
  return plainText(message) || t("kind.other");
}

function heard(line, shown) {
  const words = shown.length > 1 ? t("album.of", { n: shown.length }) : summary(line);
  return `${store.nameOf(line.by)} ${clockTime(line.at)} ${words}`;
}

export function unsentWords(line, user) {
  return line.by === user ? t("unsent.mine") : t("unsent.other", { name: store.nameOf(line.by) });
}

function noticeWords(line) {
  const who = (line.message.who ?? []).map((id) => store.nameOf(id)).join(", ");
  return t(`notice.${line.message.notice}`, { who, account: store.account.name });
}

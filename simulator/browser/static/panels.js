// What opens under the keyboard: more ways to send, stickers, and a voice message.
import { act, upload } from "./api.js";
import { h, icon } from "./dom.js";
import { openGallery, pickFiles, sendPictures } from "./gallery.js";
import { ICONS } from "./icons.js";
import { pickPlace } from "./location.js";
import { lengthOf, record, tone } from "./sounds.js";
import { addressOf, nameOf, STICKERS } from "./stickers.js";
import { t } from "./words.js";

/** @param {import("./chat.js").ChatView} view @param {() => void} close */
export function drawPlusPanel(view, close) {
  const { id: chat, user: by } = view;
  const tile = (drawing, words, press) => h("button.plus-tile", { type: "button", onclick: () => (close(), press()) }, icon(ICONS[drawing]), t(words));
  const sendFiles = (kind) => async (files) => {
    for (const file of files) {
      const durationMs = kind === "file" ? 0 : await lengthOf(file);
      await upload({ chat, by, kind, durationMs }, [{ name: file.name, data: file }]);
    }
  };
  const element = h("div.panel.plus-panel", { role: "group", "aria-label": t("more") },
    tile("place", "kind.location", () => pickPlace(view.glass, (place) => act("send_location", { chat, by, ...place }))),
    tile("picture", "gallery", () => openGallery(view)),
    tile("camera", "camera", () => pickFiles({ accept: "image/*", capture: "environment" }, (files) => sendPictures(view, files))),
    tile("video", "kind.video", () => pickFiles({ accept: "video/*" }, sendFiles("video"))),
    tile("mic", "kind.audio", () => view.composer.openVoice()),
    tile("file", "kind.file", () => pickFiles({ multiple: true }, sendFiles("file"))));
  return { element };
}

export function drawStickerPanel(view, close) {
  const { id: chat, user: by } = view;
  const element = h("div.panel.sticker-panel", { role: "group", "aria-label": t("stickers") }, STICKERS.map((sticker) =>
    h("button.sticker-choice", {
      type: "button", "aria-label": nameOf(sticker),
      onclick: () => {
        close();
        const { package_id, sticker_id, keywords } = sticker;
        act("send_sticker", { chat, by, package_id, sticker_id, keywords, ...view.composer.takeQuote() });
      },
    }, h("img", { src: addressOf(sticker), alt: "" }))));
  return { element };
}

/** Records while the button is on; a file or a sample will do where there is no microphone. */
export function drawVoicePanel(view, close) {
  const { id: chat, user: by } = view;
  const send = ({ data, name, durationMs }) => {
    close();
    upload({ chat, by, kind: "audio", durationMs }, [{ name, data }]);
  };
  let recording = null;
  const said = h("p.voice-said", { role: "status" }, t("voice.hint"));
  const button = h("button.record", { type: "button", "aria-label": t("voice.record"), "aria-pressed": "false" }, icon(ICONS.mic));
  button.addEventListener("click", async () => {
    if (recording) {
      const done = recording;
      recording = null;
      send(await done.finish());
      return;
    }
    try {
      recording = await record((seconds) => (said.textContent = t("voice.recording", { seconds })));
      button.setAttribute("aria-pressed", "true");
    } catch {
      said.textContent = t("voice.none");
    }
  });
  const choose = async ([file]) => file && send({ data: file, name: file.name, durationMs: await lengthOf(file) });
  const element = h("div.panel.voice-panel", { role: "group", "aria-label": t("kind.audio") }, said, button,
    h("div.voice-others", {},
      h("button.small", { type: "button", onclick: () => pickFiles({ accept: "audio/*" }, choose) }, t("voice.file")),
      h("button.small", { type: "button", onclick: () => send(tone()) }, t("voice.sample"))));
  return { element, end: () => recording?.drop() };
}

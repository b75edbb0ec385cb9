// The photos on a phone: some of ours to try with, and those of whoever sits before the screen.
import { upload } from "./api.js";
import { fill, h } from "./dom.js";
import { drawSample, SAMPLES } from "./sample_photos.js";
import { openSheet } from "./sheet.js";
import { t } from "./words.js";

const MOST = 20;

/** Opens the browser's own dialog for files. */
export function pickFiles(how, chosen) {
  const input = h("input", { type: "file", ...how });
  input.addEventListener("change", () => input.files.length && chosen([...input.files]));
  input.click();
}

/** @param {import("./chat.js").ChatView} view @param {File[]} files */
export function sendPictures(view, files) {
  const there = files.slice(0, MOST).map((file) => ({ name: file.name, data: file }));
  return upload({ chat: view.id, by: view.user, kind: "image" }, there);
}

/** As LINE does: tapped photos get a number, and go together as an album in that order. */
export function openGallery(view) {
  const chosen = [];
  const send = h("button.primary", {
    type: "button",
    onclick: async () => {
      sheet.close();
      const files = await Promise.all(chosen.map(async (which) => new File([await drawSample(which)], `${which}.jpg`, { type: "image/jpeg" })));
      sendPictures(view, files);
    },
  });
  const tiles = SAMPLES.map((which) => {
    const number = h("span.sample-number");
    const tile = h("button.sample", { type: "button", "aria-pressed": "false" }, number, h("span.sample-name", {}, t(`sample.${which}`)));
    drawSample(which, 240).then((blob) => {
      const address = URL.createObjectURL(blob);
      const picture = h("img", { src: address, alt: "" });
      picture.addEventListener("load", () => URL.revokeObjectURL(address), { once: true });
      tile.prepend(picture);
    });
    tile.addEventListener("click", () => {
      const at = chosen.indexOf(which);
      if (at >= 0) chosen.splice(at, 1);
      else chosen.push(which);
      show();
    });
    return { which, tile, number };
  });
  function show() {
    for (const { which, tile, number } of tiles) {
      const at = chosen.indexOf(which);
      tile.setAttribute("aria-pressed", String(at >= 0));
      fill(number, at >= 0 ? String(at + 1) : null);
    }
    send.disabled = chosen.length === 0;
    send.textContent = chosen.length ? t("gallery.send", { n: chosen.length }) : t("gallery.choose");
  }
  show();
  const own = h("button.secondary", {
    type: "button",
    onclick: () => pickFiles({ accept: "image/*", multiple: true }, (files) => {
      sheet.close();
      sendPictures(view, files);
    }),
  }, t("gallery.own"));
  const sheet = openSheet(view.glass, {
    title: t("gallery"),
    body: [own, h("p.hint", {}, t("gallery.samples")), h("div.samples", {}, tiles.map(({ tile }) => tile)), h("div.sheet-foot", {}, send)],
  });
}

// The stickers that phones offer: drawings of this project, sent under ids and keywords of stickers that LINE has.
import { h } from "./dom.js";
import { t } from "./words.js";

/** @type {Array<{package_id: string, sticker_id: string, keywords: string[], file: string}>} */
export const STICKERS = [
  { package_id: "11537", sticker_id: "52002734", keywords: ["OK", "Good", "Thumbs up", "Agree"], file: "good" },
  { package_id: "11537", sticker_id: "52002735", keywords: ["Thank you", "Thanks", "Bow"], file: "thanks" },
  { package_id: "11537", sticker_id: "52002736", keywords: ["Roger", "Understood", "Salute"], file: "roger" },
  { package_id: "11537", sticker_id: "52002738", keywords: ["Happy", "Smile", "Yay"], file: "happy" },
  { package_id: "11537", sticker_id: "52002739", keywords: ["Love", "Heart"], file: "heart" },
  { package_id: "11537", sticker_id: "52002749", keywords: ["Sad", "Cry", "Tears"], file: "sad" },
  { package_id: "11537", sticker_id: "52002767", keywords: ["Angry", "No", "Mad"], file: "angry" },
  { package_id: "11537", sticker_id: "52002744", keywords: ["What", "Question", "Confused"], file: "question" },
];

export function nameOf(sticker) {
  return t(`sticker.${sticker.file}`);
}

export function addressOf(sticker) {
  return `/simulator/assets/stickers/${sticker.file}.svg`;
}

/** A sticker on the screen; one that is not ours is shown by its number. */
export function drawSticker(message) {
  const known = STICKERS.find((each) => each.sticker_id === message.stickerId && each.package_id === message.packageId);
  if (known) return h("img.sticker", { src: addressOf(known), alt: nameOf(known), width: 120, height: 120 });
  return h("span.sticker.sticker-unknown", {}, `${message.packageId} / ${message.stickerId}`);
}

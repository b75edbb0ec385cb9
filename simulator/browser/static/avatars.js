// The round pictures beside names: a colour and the first letter, the same for the same person everywhere.
import { h } from "./dom.js";
import { store } from "./store.js";

const COLOURS = 7;
const LEADING_VOWEL = /^[\u0e40-\u0e44]/;

/** @param {string} by a user id, a chat id, or "bot" */
export function avatar(by, name) {
  if (by === "bot") return h("span.avatar.avatar-account", { "aria-hidden": "true" }, "OMB");
  const letters = name.replace(/^\P{Letter}+/u, "");
  const letter = LEADING_VOWEL.test(letters) ? letters.slice(1, 2) : letters.slice(0, 1);
  const group = by.startsWith("C") ? " avatar-group" : "";
  return h("span.avatar", { class: `avatar-${placeOf(by) % COLOURS}${group}`, "aria-hidden": "true" }, letter || "?");
}

function placeOf(by) {
  const keys = by.startsWith("U") ? [...store.people.keys()] : [...store.chats.keys()];
  return Math.max(0, keys.indexOf(by));
}

// Draws Flex messages with flex-render, whose output is a string without escapes and with inline code and styles: so the
// words go in escaped, every action as a number, and the numbers are made into buttons afterwards.
import { render } from "/simulator/vendor/flex-render/index.js";
import { pictureAddress } from "./addresses.js";
import { h } from "./dom.js";
import { t } from "./words.js";

const NOTHING = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";
const LARGEST = 1024; // pixels a side: LINE shows no larger picture in a Flex message
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/**
 * @param {any} message LINE's flex message
 * @param {(action: any) => void} perform
 * @returns {HTMLElement}
 */
export function drawFlex(message, perform) {
  const notes = { actions: [], buttons: [], texts: [] };
  let root;
  try {
    root = parse(render(prepare(message.contents, notes)));
  } catch {
    return h("p.bubble-text", {}, message.altText ?? "");
  }
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", message.altText ?? "");
  wire(root, notes.actions, perform);
  wireBubbles(root, message.contents, perform);
  if (message.contents.type === "carousel") {
    const slider = root.querySelector(".LySlider");
    slider?.setAttribute("tabindex", "0");
    slider?.setAttribute("role", "group");
    slider?.setAttribute("aria-label", t("flex.carousel", { n: message.contents.contents.length }));
  }
  settleTexts(root, notes);
  root.querySelectorAll(".MdImg *").forEach(hideIfLarge);
  return root;
}

/** LINE takes the message and leaves the picture out; here it is said why. */
function hideIfLarge(element) {
  const [, address] = /^url\("(.+)"\)$/.exec(element.style.backgroundImage) ?? [];
  if (!address || address === NOTHING) return;
  const picture = new Image();
  picture.onload = () => {
    const { naturalWidth: width, naturalHeight: height } = picture;
    if (Math.max(width, height) <= LARGEST) return;
    element.style.backgroundImage = "none";
    element.classList.add("too-large");
    element.dataset.why = t("flex.too_large", { width, height, most: LARGEST });
  };
  picture.src = address;
}

/** A copy that flex-render may write into a string. */
function prepare(value, notes) {
  if (Array.isArray(value)) return value.map((each) => prepare(each, notes));
  if (value === null || typeof value !== "object") return typeof value === "string" ? escape(value) : value;
  const copy = {};
  const children = Object.entries(value);
  // Its own order of drawing, by which buttons and texts are found again.
  const order = ["header", "hero", "body", "footer"];
  if (value.type === "bubble") children.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  if (value.type === "button") notes.buttons.push(value);
  if (value.type === "text") notes.texts.push(value);
  for (const [key, item] of children) {
    if (key === "action" && item) copy.action = value.type === "bubble" ? undefined : number(item, notes);
    else if (key === "url") copy.url = escape((pictureAddress(item) ?? NOTHING).replace(/[()"'\s]/g, encodeURIComponent));
    else if (key !== "lineSpacing" && key !== "previewUrl") copy[key] = prepare(item, notes);
  }
  // LINE: a box of its own width in a row does not grow.
  if (value.type === "box" && value.layout !== "vertical") {
    value.contents?.forEach((child, at) => child.type === "box" && child.width && child.flex === undefined && (copy.contents[at].flex = 0));
  }
  if (value.type === "text" && value.contents?.length && value.action) return box(copy);
  if (value.type === "video") return copy.altContent ?? { type: "filler" };
  return copy;
}

/** flex-render forgets the action of a text that has spans; a box around it does not. */
function box(text) {
  const { action, flex, margin, ...rest } = text;
  return { type: "box", layout: "vertical", contents: [rest], action, flex, margin };
}

function number(action, notes) {
  notes.actions.push(action);
  return { type: "uri", uri: `#a${notes.actions.length - 1}`, label: escape(action.label ?? "") };
}

function escape(words) {
  return words.replace(/[&<>"']/g, (letter) => ESCAPES[letter]);
}

function parse(html) {
  const safe = html
    .replace(/ onclick="window\.open\('#a\d+'\)"/g, "")
    .replaceAll(' target="_blank"', "")
    .replaceAll(' style="', ' data-style="');
  const root = document.adoptNode(new DOMParser().parseFromString(safe, "text/html").body.firstElementChild);
  for (const element of root.querySelectorAll("[data-style]")) {
    element.style.cssText = element.dataset.style;
    element.removeAttribute("data-style");
  }
  return root;
}

function wire(root, actions, perform) {
  for (const element of root.querySelectorAll('[href^="#a"]')) {
    const action = actions[Number(element.getAttribute("href").slice(2))];
    const holdsOthers = element.querySelector('[href^="#a"], [role="button"]') !== null;
    element.removeAttribute("href");
    makeTappable(element, action, perform, !holdsOthers);
  }
}

/** A tap anywhere on a bubble that has an action of its own. */
function wireBubbles(root, contents, perform) {
  const bubbles = contents.type === "carousel" ? contents.contents : [contents];
  root.querySelectorAll(".T1").forEach((element, at) => {
    const action = bubbles[at]?.action;
    if (action) makeTappable(element, action, perform, element.querySelector('[role="button"]') === null);
  });
}

function makeTappable(element, action, perform, asButton) {
  element.classList.add("tappable");
  if (asButton) {
    element.setAttribute("role", "button");
    element.setAttribute("tabindex", "0");
    if (element.textContent.trim() === "") element.setAttribute("aria-label", action.label || t("flex.picture"));
  }
  const tap = (event) => {
    event.stopPropagation();
    event.preventDefault();
    perform(action);
  };
  element.addEventListener("click", tap);
  element.addEventListener("keydown", (event) => {
    if (event.target === element && (event.key === "Enter" || event.key === " ")) tap(event);
  });
}

/** What flex-render leaves out: maxLines of texts with spans, shrink-to-fit. */
function settleTexts(root, notes) {
  root.querySelectorAll(".MdTxt").forEach((element, at) => {
    const lines = notes.texts[at]?.maxLines;
    const words = element.querySelector("p");
    if (!lines || !words) return;
    words.classList.add("clamped");
    words.style.setProperty("-webkit-line-clamp", String(lines));
  });
  const shrinking = [...root.querySelectorAll(".MdBtn")].filter((_, at) => notes.buttons[at]?.adjustMode === "shrink-to-fit");
  if (shrinking.length) requestAnimationFrame(() => shrinking.forEach(shrink));
}

function shrink(button) {
  const label = button.querySelector("a > div");
  const link = button.querySelector("a");
  if (!label || !link) return;
  for (let size = 16; size > 10 && label.scrollWidth > label.clientWidth; size -= 0.5) link.style.fontSize = `${size}px`;
}

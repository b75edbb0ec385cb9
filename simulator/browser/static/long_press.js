// What a long press, a right click or the keyboard's menu key does on a bubble.
import { h } from "./dom.js";
import { t } from "./words.js";

const LONG = 450;
const SLIP = 10;

/** Calls `open` once for each way to ask for the menu of an element. */
export function onLongPress(element, open) {
  let waiting = 0;
  let from = null;
  let opened = false;
  const stop = () => clearTimeout(waiting);
  element.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    from = [event.clientX, event.clientY];
    opened = false;
    waiting = setTimeout(() => {
      opened = true;
      swallowNextClick(element);
      open({ x: from[0], y: from[1] });
    }, LONG);
  });
  element.addEventListener("pointermove", (event) => {
    if (from && Math.hypot(event.clientX - from[0], event.clientY - from[1]) > SLIP) stop();
  });
  for (const ended of ["pointerup", "pointercancel", "pointerleave"]) element.addEventListener(ended, stop);
  element.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    stop();
    // Some phones send this too after a long press, which has its menu already.
    if (!opened || event.button === 2) open({ x: event.clientX, y: event.clientY });
    opened = false;
  });
}

/** The finger that comes up after a long press is no tap on what lies under it. */
function swallowNextClick(element) {
  const swallow = (event) => {
    event.stopPropagation();
    event.preventDefault();
  };
  element.addEventListener("click", swallow, { capture: true, once: true });
  const forget = () => setTimeout(() => element.removeEventListener("click", swallow, { capture: true }), 50);
  addEventListener("pointerup", forget, { once: true });
  addEventListener("pointercancel", forget, { once: true });
}

/**
 * A small menu beside a bubble.
 * @param {HTMLElement} glass
 * @param {HTMLElement} beside
 * @param {Array<{words: string, choose: () => void}>} choices
 * @param {{x: number, y: number} | null} at where the finger was
 */
export function openMenu(glass, beside, choices, at = null) {
  glass.querySelector(".bubble-menu")?.remove();
  const items = choices.map(({ words, choose }) =>
    h("button.bubble-menu-item", { type: "button", role: "menuitem", tabindex: "-1", onclick: () => leave(choose) }, words),
  );
  const menu = h("div.bubble-menu", { role: "menu", "aria-label": t("bubble.menu") }, items);
  const back = document.activeElement;
  glass.append(menu);
  putBeside(glass, menu, at ?? { x: beside.getBoundingClientRect().left, y: beside.getBoundingClientRect().bottom });
  items[0].focus();

  menu.addEventListener("keydown", (event) => {
    const held = items.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) items[(held + step + items.length) % items.length].focus();
    else if (event.key === "Escape" || event.key === "Tab") leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const outside = (event) => !menu.contains(event.target) && leave();
  setTimeout(() => document.addEventListener("pointerdown", outside, true), 0);

  function leave(choose) {
    document.removeEventListener("pointerdown", outside, true);
    menu.remove();
    if (back instanceof HTMLElement && back.isConnected) back.focus({ preventScroll: true });
    choose?.();
  }
}

/** Near the point, and whole inside the glass. */
function putBeside(glass, menu, { x, y }) {
  const outer = glass.getBoundingClientRect();
  const most = (size, own) => size - own - 12;
  const left = x - outer.left - glass.clientLeft;
  const top = y - outer.top - glass.clientTop + 6;
  menu.style.left = `${Math.max(8, Math.min(left, most(glass.clientWidth, menu.offsetWidth)))}px`;
  menu.style.top = `${Math.max(56, Math.min(top, most(glass.clientHeight, menu.offsetHeight)))}px`;
}

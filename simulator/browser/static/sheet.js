// What slides over one phone: dialogs that keep the focus inside and give it back.
import { h, icon } from "./dom.js";
import { ICONS } from "./icons.js";
import { t } from "./words.js";

const FOCUSABLE = 'button, [href], input, select, textarea, video, audio, [tabindex]:not([tabindex="-1"])';

/**
 * @param {HTMLElement} glass the phone's glass: what lies in it already is out of reach while the sheet is open
 * @param {{title: string, body: Node[], kind?: "sheet" | "page" | "viewer", closed?: () => void}} what
 */
export function openSheet(glass, { title, body, kind = "sheet", closed = () => {} }) {
  const before = document.activeElement;
  const behind = [...glass.children].filter((each) => !each.inert);
  const heading = h("h2.sheet-title", {}, title);
  const shut = h("button.icon-button", { type: "button", "aria-label": t("close"), onclick: () => close() }, icon(ICONS.close));
  const sheet = h(
    "div.sheet",
    { class: `sheet-${kind}`, role: "dialog", "aria-modal": "true", "aria-label": title, tabindex: "-1" },
    h("div.sheet-head", {}, heading, shut),
    h("div.sheet-body", {}, body),
  );
  const shade = h("div.shade", { onclick: (event) => event.target === shade && close() }, sheet);
  sheet.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    } else if (event.key === "Tab") keepInside(sheet, event);
  });
  for (const each of behind) each.inert = true;
  glass.append(shade);
  (sheet.querySelector("[data-first]") ?? sheet).focus({ preventScroll: true });

  let open = true;
  function close() {
    if (!open) return;
    open = false;
    shade.remove();
    for (const each of behind) each.inert = false;
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    closed();
  }
  return { close, sheet };
}

function keepInside(sheet, event) {
  const found = [...sheet.querySelectorAll(FOCUSABLE)].filter((each) => !each.disabled && each.offsetParent !== null);
  if (!found.length) return;
  const [first, last] = [found[0], found.at(-1)];
  if (event.shiftKey && (document.activeElement === first || document.activeElement === sheet)) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault();
    first.focus();
  }
}

/** A row of a sheet that does something and is over. */
export function choice(words, choose, props = {}) {
  return h("button.choice", { type: "button", onclick: choose, ...props }, words);
}

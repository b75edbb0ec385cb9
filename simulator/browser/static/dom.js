// Makes elements without HTML strings, which the page's security policy would not trust anyway.

/**
 * @param {string} tag such as "button" or "button.primary"
 * @param {Record<string, any>} [props] `on…` listens, `class` adds, a null or false value is left out, others are attributes
 * @param {...(Node | string | number | null | undefined | false | Array<any>)} children
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  element.classList.add(...classes);
  for (const [key, value] of Object.entries(props)) setProp(element, key, value);
  element.append(...children.flat(Infinity).filter(isThere));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** A drawing of one colour, 24 by 24; decoration only. */
export function icon(path, extra = {}) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon ${extra.class ?? ""}`);
  const drawn = document.createElementNS(SVG, "path");
  drawn.setAttribute("d", path);
  svg.append(drawn);
  return svg;
}

/** Puts these children in the place of all others. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter(isThere));
  return element;
}

function isThere(child) {
  return child !== null && child !== undefined && child !== false;
}

function setProp(element, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
  else if (key === "class") element.classList.add(...String(value).split(" ").filter(Boolean));
  else if (key === "value") element.value = value;
  else if (key === "dataset") Object.assign(element.dataset, value);
  else element.setAttribute(key, value === true ? "" : String(value));
}

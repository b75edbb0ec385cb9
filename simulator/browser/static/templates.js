// LINE's older cards: buttons, confirm, carousels of them, and pictures with areas.
import { pictureAddress } from "./addresses.js";
import { h } from "./dom.js";

export function drawTemplate(message, perform) {
  const { template } = message;
  const label = { role: "group", "aria-label": message.altText ?? "" };
  if (template.type === "carousel") return h("div.template-row", { ...label, tabindex: "0" }, template.columns.map((each) => card(each, perform)));
  if (template.type === "image_carousel") {
    return h("div.template-row", { ...label, tabindex: "0" }, template.columns.map((each) =>
      h("button.template-picture", { type: "button", onclick: () => perform(each.action) }, picture(each.imageUrl), each.action.label ?? "")));
  }
  return h("div", label, card(template, perform));
}

function card(content, perform) {
  return h("div.template", { class: content.type === "confirm" ? "template-confirm" : "" },
    content.thumbnailImageUrl ? picture(content.thumbnailImageUrl) : null,
    h("div.template-words", {}, content.title ? h("strong", {}, content.title) : null, h("p", {}, content.text)),
    h("div.template-actions", {}, content.actions.map((action) =>
      h("button", { type: "button", onclick: () => perform(action) }, action.label))));
}

function picture(address) {
  const there = pictureAddress(address);
  return there ? h("img", { src: there, alt: "" }) : h("span.template-no-picture");
}

export function drawImagemap(message, perform) {
  const { width, height } = message.baseSize;
  const whole = h("div.imagemap", { role: "group", "aria-label": message.altText ?? "" });
  whole.style.aspectRatio = `${width} / ${height}`;
  const address = pictureAddress(`${message.baseUrl}/1040`);
  if (address) whole.append(h("img", { src: address, alt: "" }));
  for (const action of message.actions ?? []) whole.append(area(action.area, { width, height }, action.label ?? action.text ?? "", () => perform(action)));
  return whole;
}

/** A button over a part of a picture: imagemaps and rich menus. */
export function area({ x, y, width, height }, whole, label, tap) {
  const button = h("button.area", { type: "button", "aria-label": label, onclick: tap });
  button.style.left = `${(x / whole.width) * 100}%`;
  button.style.top = `${(y / whole.height) * 100}%`;
  button.style.width = `${(width / whole.width) * 100}%`;
  button.style.height = `${(height / whole.height) * 100}%`;
  return button;
}

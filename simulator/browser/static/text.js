// Texts in bubbles: links, mentions, LINE's emojis.
import { h } from "./dom.js";

const LINK = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}]/g;

/** @returns {Array<Node | string>} */
export function drawText(message) {
  const shown = message.type === "textV2" ? fillIn(message) : String(message.text ?? "");
  const marks = (message.mention?.mentionees ?? []).filter((each) => Number.isInteger(each.index));
  marks.sort((a, b) => a.index - b.index);
  const parts = [];
  let at = 0;
  for (const { index, length } of marks) {
    if (index < at) continue;
    parts.push(...withLinks(shown.slice(at, index)), h("span.mention", {}, shown.slice(index, index + length)));
    at = index + length;
  }
  parts.push(...withLinks(shown.slice(at)));
  return parts;
}

/** What can be copied of a message. */
export function plainText(message) {
  if (message.type === "textV2") return fillIn(message);
  if (message.type === "flex" || message.type === "template" || message.type === "imagemap") return message.altText ?? "";
  if (message.type === "location") return [message.title, message.address].filter(Boolean).join("\n");
  return message.text ?? message.fileName ?? "";
}

function fillIn(message) {
  const given = message.substitution ?? {};
  const filled = String(message.text ?? "").replace(/\{\{|\}\}|\{(\w+)\}/g, (whole, name) => {
    if (whole === "{{") return "{";
    if (whole === "}}") return "}";
    return given[name]?.type === "mention" ? "@" + (given[name].mentionee?.type === "all" ? "All" : name) : "";
  });
  return filled;
}

function withLinks(words) {
  const parts = [];
  let at = 0;
  for (const found of words.matchAll(LINK)) {
    parts.push(words.slice(at, found.index), link(found[0]));
    at = found.index + found[0].length;
  }
  parts.push(words.slice(at));
  return parts.filter((part) => part !== "");
}

function link(address) {
  return h("a.text-link", { href: address, target: "_blank", rel: "noopener noreferrer" }, address);
}

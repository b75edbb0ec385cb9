// The round buttons above the keyboard, which are gone as soon as anyone posts.
import { pictureAddress } from "./addresses.js";
import { h } from "./dom.js";
import { t } from "./words.js";

/** @param {{message_id: string, items: any[]} | null} quick @param {(action: any, messageId: string) => void} tap */
export function drawQuickReplies(quick, tap) {
  if (!quick) return null;
  const buttons = quick.items.map(({ action, imageUrl }) => {
    const picture = imageUrl ? pictureAddress(imageUrl) : null;
    return h("button.quick-reply", { type: "button", onclick: () => tap(action, quick.message_id) },
      picture ? h("img", { src: picture, alt: "", width: 20, height: 20 }) : null, action.label);
  });
  return h("div.quick-replies", { role: "group", "aria-label": t("quick_replies") }, buttons);
}

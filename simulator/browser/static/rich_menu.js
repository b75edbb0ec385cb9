// The rich menu at the foot of a chat with the account: its picture, and buttons over it.
import { h } from "./dom.js";
import { store } from "./store.js";
import { area } from "./templates.js";
import { t } from "./words.js";

/** The menu that a person sees, or null. */
export function findMenu(user) {
  const id = store.people.get(user)?.rich_menu_id ?? null;
  return (id && store.menus.menus[id]) || null;
}

/** @param {any} menu @param {(action: any) => void} tap */
export function drawMenu(menu, tap) {
  const whole = h("div.rich-menu", { role: "group", "aria-label": menu.chatBarText || t("rich_menu") });
  whole.style.aspectRatio = `${menu.size.width} / ${menu.size.height}`;
  if (menu.has_image) whole.append(h("img", { src: `/simulator/menus/${menu.richMenuId}`, alt: "" }));
  menu.areas.forEach(({ bounds, action }, at) => {
    const label = action.label || action.displayText || action.text || t("rich_menu.area", { n: at + 1 });
    const button = area(bounds, menu.size, label, () => tap(action));
    if (!menu.has_image) button.textContent = label;
    whole.append(button);
  });
  return whole;
}

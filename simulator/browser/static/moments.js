// The date and time picker that a button of the bot opens.
import { h } from "./dom.js";
import { openSheet } from "./sheet.js";
import { t } from "./words.js";

const KINDS = { date: "date", time: "time", datetime: "datetime-local" };

/** @param {(params: Record<string, string>) => void} chosen */
export function askForMoment(glass, action, chosen) {
  const plain = (value) => (value ? value.replace(/[tT]/, "T") : null);
  const input = h("input.moment", {
    type: KINDS[action.mode] ?? "date", "aria-label": action.label ?? t("moment"), "data-first": true, required: true,
    value: plain(action.initial) ?? "", min: plain(action.min), max: plain(action.max),
  });
  const form = h("form.stack", {
    onsubmit: (event) => {
      event.preventDefault();
      sheet.close();
      chosen({ [action.mode]: input.value });
    },
  }, input, h("button.primary", { type: "submit" }, t("choose")));
  const sheet = openSheet(glass, { title: action.label ?? t("moment"), body: [form] });
}

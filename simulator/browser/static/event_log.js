// What the platform told the bot, newest first; each can be sent again.
import { act } from "./api.js";
import { fill, h } from "./dom.js";
import { store } from "./store.js";
import { exactTime } from "./times.js";
import { t } from "./words.js";

const SHOWN = 40;

export class EventLog {
  constructor() {
    this.list = h("ol.log-lines", { "aria-label": t("events") });
    this.element = h("div", {}, h("h4", {}, t("events")), this.list);
    store.on("event", () => this.drawSoon());
  }

  drawSoon() {
    if (this.soon) return;
    this.soon = setTimeout(() => this.draw(), 150);
  }

  draw() {
    clearTimeout(this.soon);
    this.soon = 0;
    const open = new Set([...this.list.querySelectorAll("details[open]")].map((each) => each.dataset.id));
    const shown = [...store.events.values()].slice(-SHOWN).reverse();
    fill(this.list, shown.length ? shown.map((event) => drawEvent(event, open.has(event.event_id))) : h("li.hint", {}, t("events.none")));
  }
}

function drawEvent(event, open) {
  const bad = event.error || (event.status !== null && event.status >= 400);
  const kind = event.event?.message?.type ?? "";
  return h("li", {}, h("details", { open, dataset: { id: event.event_id } },
    h("summary", { class: bad ? "bad" : "" }, h("span.mono", {}, exactTime(event.at)), " ", h("strong", {}, event.type), kind ? ` ${kind}` : "", " ",
      h("span.mono", {}, String(event.error ?? event.status ?? "–")), event.attempts > 1 ? ` ×${event.attempts}` : ""),
    h("div.button-row", {},
      h("button.small", { type: "button", onclick: () => act("redeliver", { event_id: event.event_id }) }, t("deliver.this_again")),
      h("button.small", { type: "button", onclick: () => act("repeat", { event_id: event.event_id }) }, t("deliver.this_twice"))),
    h("pre", { tabindex: "0" }, JSON.stringify(event.event, null, 1))));
}

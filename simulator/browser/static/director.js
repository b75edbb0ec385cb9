// The director's panel: trouble with LINE, deliveries, the clock, stories, and what went over the wire.
import { act } from "./api.js";
import { fill, h } from "./dom.js";
import { EventLog } from "./event_log.js";
import { store } from "./store.js";
import { Stories } from "./stories.js";
import { wholeMoment } from "./times.js";
import { WireLog } from "./wire_log.js";
import { inOwn, t } from "./words.js";

const TROUBLES = ["slow", "down", "rate_limited", "quota_gone", "answer_lost"];
const DIGESTS = ["07:45", "16:15"];
const TURNS = [["clock.10m", { seconds: 600 }], ["clock.1h", { seconds: 3600, by: DIGESTS }], ["clock.digest", { to: DIGESTS }], ["clock.1d", { seconds: 86_400, by: DIGESTS }], ["clock.7d", { seconds: 604_800, by: DIGESTS }]];

export class Director {
  constructor() {
    this.notes = h("div.notes");
    this.clock = h("p.director-clock");
    this.offset = h("p.hint");
    this.mend = h("button.small.mend", { type: "button", hidden: true, onclick: () => act("mend_everything") }, t("trouble.mend"));
    this.troubles = h("div.switches");
    this.deliveries = h("div.deliveries");
    this.quota = h("p.hint");
    this.stories = new Stories();
    this.wire = new WireLog();
    this.events = new EventLog();
    this.turning = h("div.turning", { hidden: true });
    const turns = TURNS.map(([words, how]) => h("button.small", { type: "button", onclick: () => act("turn_clock", how) }, t(words)));
    this.element = h("div.director", {},
      section("stories", [this.stories.element], true),
      section("notes", [this.notes], true),
      section("clock", [this.clock, this.offset, h("div.button-row", {}, turns), this.turning], true),
      section("trouble", [this.mend, this.troubles, this.quota], true),
      section("deliveries", [this.deliveries, this.events.element], false),
      section("wire", [this.wire.element], false));
    store.on("director", () => this.draw());
    store.on("notes", () => this.drawNotes());
    store.on("line", ({ chat }) => store.notes.some((note) => note.until_chat === chat) && this.drawNotes());
    setInterval(() => this.tick(), 1000);
  }

  drawAll() {
    this.draw();
    this.drawNotes();
    this.stories.draw();
    this.wire.draw();
    this.events.draw();
  }

  draw() {
    const { director } = store;
    const on = new Set(director.troubles);
    this.mend.hidden = !(on.size || director.hold_on || director.standby);
    keepFocus(this.troubles, TROUBLES.map((trouble) => toggle(`trouble-${trouble}`, t(`trouble.${trouble}`), on.has(trouble), (now) => act("set_trouble", { trouble, on: now }), t(`trouble.${trouble}.about`))));
    const { limit, used } = director.quota;
    this.quota.textContent = limit === null ? t("quota.free", { used }) : t("quota", { used, limit });
    keepFocus(this.deliveries, [
      h("div.button-row", {},
        h("button.small", { type: "button", dataset: { key: "again" }, onclick: () => act("redeliver") }, t("deliver.again")),
        h("button.small", { type: "button", dataset: { key: "twice" }, onclick: () => act("repeat") }, t("deliver.twice"))),
      toggle("hold", director.hold_on ? t("deliver.holding", { n: director.holding }) : t("deliver.hold"), director.hold_on, (on) => act("hold_events", { on }), t("deliver.hold.about")),
      toggle("standby", t("deliver.standby"), director.standby, (on) => act("set_standby", { on }), t("deliver.standby.about")),
      toggle("redelivery", t("deliver.redelivery"), director.redelivery, (on) => act("set_redelivery", { on }), t("deliver.redelivery.about")),
    ]);
    this.drawTurning(director.turning);
    this.tick();
  }

  /** @param {{began: number, until: number} | null} turning the clock goes on in steps, as far as `until` */
  drawTurning(turning) {
    this.turning.hidden = !turning;
    keepFocus(this.turning, turning ? [
      h("p", { role: "status" }, t("clock.turning", { until: wholeMoment(turning.until) })),
      h("progress", { max: turning.until - turning.began, value: Math.max(0, store.director.now - turning.began), "aria-label": t("clock.progress") }),
      h("button.small", { type: "button", dataset: { key: "stop" }, onclick: () => act("stop_turning") }, t("clock.stop")),
    ] : []);
  }

  drawNotes() {
    const notes = store.notes.filter((note) => !hasHappened(note));
    this.notes.closest("details").hidden = notes.length === 0;
    fill(this.notes, notes.map((note) => h("p", {}, note.link
      ? h("a", { href: note.link, target: "_blank", rel: "noopener" }, inOwn(note))
      : inOwn(note))));
  }

  tick() {
    this.clock.textContent = wholeMoment(store.now());
    this.offset.textContent = ahead(store.director.offset);
  }
}

/** Whether what a note is about has been done: the account has said so in that chat. */
function hasHappened({ until_chat, until_words }) {
  const lines = until_chat ? (store.chats.get(until_chat)?.lines ?? []) : [];
  return lines.some((line) => line.by === "bot" && String(line.message.text ?? "").includes(until_words));
}

/** @param {number} seconds how far the clock has been turned */
function ahead(seconds) {
  const all = Math.round(seconds / 360) / 10;
  const days = Math.floor(all / 24);
  const hours = Math.round((all - days * 24) * 10) / 10;
  if (!all) return t("clock.now");
  if (days < 1) return t("clock.ahead", { hours });
  return hours ? t("clock.ahead.both", { days, hours }) : t("clock.ahead.days", { days });
}

/** @param {boolean} open */
function section(name, body, open) {
  return h("details.director-part", { open, dataset: { part: name } }, h("summary", {}, h("h3", {}, t(`director.${name}`))), h("div.part-body", {}, body));
}

function toggle(key, words, on, change, about) {
  return h("button.toggle", { type: "button", role: "switch", "aria-checked": String(on), dataset: { key }, onclick: () => change(!on) },
    h("span.toggle-mark", { "aria-hidden": "true" }), h("span", {}, h("span.toggle-words", {}, words), about ? h("small", {}, about) : null));
}

/** Buttons that are drawn anew under the finger keep the focus. */
function keepFocus(parent, children) {
  const key = parent.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  fill(parent, children);
  if (key) parent.querySelector(`[data-key="${key}"]`)?.focus({ preventScroll: true });
}

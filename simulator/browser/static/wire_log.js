// What the bot asked of LINE, newest first, and what LINE would have refused.
import { act } from "./api.js";
import { fill, h } from "./dom.js";
import { store } from "./store.js";
import { exactTime } from "./times.js";
import { t } from "./words.js";

const SHOWN = 60;

export class WireLog {
  constructor() {
    this.count = h("p.hint");
    this.onlyRefused = h("input", { type: "checkbox", onchange: () => this.draw() });
    this.list = h("ol.log-lines", { "aria-label": t("director.wire") });
    const clear = async () => {
      if ((await act("clear_wire")) === null) return;
      store.wire.clear();
      this.draw();
    };
    this.element = h("div", {}, this.count,
      h("div.button-row", {}, h("label.check", {}, this.onlyRefused, t("wire.only_refused")), h("button.small", { type: "button", onclick: clear }, t("wire.clear"))),
      this.list);
    store.on("wire", () => this.drawSoon());
  }

  drawSoon() {
    if (this.soon) return;
    this.soon = setTimeout(() => this.draw(), 150);
  }

  draw() {
    clearTimeout(this.soon);
    this.soon = 0;
    const all = [...store.wire.values()];
    const refused = all.filter((entry) => entry.refused);
    this.count.textContent = t("wire.count", { n: all.length, refused: refused.length });
    this.count.classList.toggle("bad", refused.length > 0);
    const shown = (this.onlyRefused.checked ? refused : all).slice(-SHOWN).reverse();
    const open = new Set([...this.list.querySelectorAll("details[open]")].map((each) => each.dataset.id));
    fill(this.list, shown.map((entry) => drawEntry(entry, open.has(entry.request_id))));
  }
}

function drawEntry(entry, open) {
  const bad = entry.refused || entry.status >= 400 || entry.fault;
  return h("li", {}, h("details", { open, dataset: { id: entry.request_id } },
    h("summary", { class: bad ? "bad" : "" }, h("span.mono", {}, exactTime(entry.at)), " ", h("strong", {}, entry.endpoint || entry.path), " ",
      h("span.mono", {}, String(entry.status ?? "–")), toWhom(entry), entry.fault ? h("span.tag", {}, t(`trouble.${entry.fault}`)) : null),
    entry.refused ? h("p.bad", {}, t("wire.refused", { why: asWords(entry.refused) })) : null,
    h("p.mono", {}, `${entry.method} ${entry.path} · ${entry.seconds} s`),
    entry.body ? h("pre", { tabindex: "0" }, JSON.stringify(entry.body, null, 1)) : null,
    entry.answer ? h("pre", { tabindex: "0" }, JSON.stringify(entry.answer, null, 1)) : null));
}

function asWords(why) {
  return typeof why === "string" ? why : JSON.stringify(why);
}

/** The person or group that a push went to. */
function toWhom({ body }) {
  const to = body?.to;
  if (typeof to !== "string") return "";
  const chat = store.chats.get(to);
  const name = chat?.kind === "user" ? store.nameOf(to) : chat?.name;
  return name ? ` → ${name}` : "";
}

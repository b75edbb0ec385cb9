// All phones side by side, or one with a switcher on a small screen.
import { avatar } from "./avatars.js";
import { fill, h } from "./dom.js";
import { Phone } from "./phone.js";
import { recall, remember } from "./remembering.js";
import { store } from "./store.js";
import { t } from "./words.js";

const narrow = matchMedia("(max-width: 760px)");

export class Desk {
  constructor() {
    /** @type {Map<string, Phone>} */
    this.phones = new Map();
    this.active = recall("active");
    this.tabs = h("div.switcher", { role: "group", "aria-label": t("switcher") });
    this.row = h("div.phones", { tabindex: "-1" });
    this.element = h("main.desk", { "aria-label": t("phones") }, this.tabs, this.row);
    this.seer = new IntersectionObserver((seen) => {
      for (const { target, isIntersecting } of seen) this.phones.get(target.dataset.user)?.setInSight(isIntersecting);
    }, { root: null, threshold: 0.35 });
    for (const kind of ["line", "chat", "person"]) store.on(kind, () => this.drawTabsSoon());
    store.on("person", (person) => !this.phones.has(person.user_id) && this.add(person.user_id));
    narrow.addEventListener("change", () => this.activate(this.active));
    document.addEventListener("visibilitychange", () => this.phones.forEach((phone) => phone.look()));
    setInterval(() => this.phones.forEach((phone) => phone.tick(store.now())), 1000);
  }

  /** Everything anew, after a whole state came. */
  draw() {
    for (const [user, phone] of [...this.phones]) {
      if (store.people.has(user)) phone.refresh();
      else this.remove(user, phone);
    }
    for (const user of store.people.keys()) if (!this.phones.has(user)) this.add(user);
    if (!this.phones.has(this.active)) this.active = this.phones.keys().next().value ?? null;
    this.activate(this.active, { scroll: false });
  }

  add(user) {
    const phone = new Phone(user);
    this.phones.set(user, phone);
    this.row.append(phone.element);
    phone.tick(store.now());
    this.seer.observe(phone.element);
    phone.element.addEventListener("focusin", () => this.active !== user && this.activate(user, { scroll: false }));
    phone.element.addEventListener("pointerdown", () => this.active !== user && this.activate(user, { scroll: false }));
    phone.shown?.scrollToFoot?.();
  }

  remove(user, phone) {
    phone.close();
    phone.element.remove();
    this.phones.delete(user);
  }

  /** @param {string} user whose phone is taken in hand */
  activate(user, { scroll = true } = {}) {
    this.active = user;
    remember("active", user ?? "");
    for (const [id, phone] of this.phones) {
      phone.setActive(id === user);
      phone.element.hidden = narrow.matches && id !== user;
    }
    const phone = this.phones.get(user);
    if (scroll) phone?.element.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (narrow.matches) phone?.shown?.scrollToFoot?.();
    this.drawTabs();
  }

  /** Brings a person's phone forward with a chat open, as a story asks. */
  look({ person, chat }) {
    const phone = this.phones.get(person);
    if (!phone) return;
    this.activate(person);
    const here = store.chats.get(chat);
    if (here?.members.includes(person) && phone.openChat !== chat) phone.open(chat, { quietly: true });
  }

  drawTabsSoon() {
    if (this.soon) return;
    this.soon = requestAnimationFrame(() => this.drawTabs());
  }

  drawTabs() {
    this.soon = 0;
    const focused = this.tabs.contains(document.activeElement) ? document.activeElement.dataset.user : null;
    const at = this.tabs.scrollLeft;
    fill(this.tabs, [...this.phones.keys()].map((user) => this.drawTab(user)));
    this.tabs.scrollLeft = at;
    if (this.shownTab !== this.active) this.tabs.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.shownTab = this.active;
    if (focused) this.tabs.querySelector(`[data-user="${focused}"]`)?.focus({ preventScroll: true });
  }

  drawTab(user) {
    const person = store.people.get(user);
    const unread = store.listChats(user).reduce((sum, chat) => sum + store.countUnread(chat, user), 0);
    return h("button.tab", { type: "button", dataset: { user }, "aria-pressed": String(user === this.active), onclick: () => this.activate(user) },
      avatar(user, person.name), h("span.tab-name", {}, shortName(person.name)),
      unread ? h("span.unread", {}, h("span.only-heard", {}, t("unread")), String(unread)) : null);
  }
}

/** Without what stands in brackets behind it, such as that it is a demo; the bar above says so of everything. */
function shortName(name) {
  return name.replace(/\s*\([^)]*\)$/, "") || name;
}

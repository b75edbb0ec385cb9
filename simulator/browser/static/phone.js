// One phone on the desk: it belongs to one person, and shows a list of chats or one of them.
import { say } from "./api.js";
import { avatar } from "./avatars.js";
import { ChatView } from "./chat.js";
import { ChatList } from "./chat_list.js";
import { fill, h } from "./dom.js";
import { recall, remember } from "./remembering.js";
import { store } from "./store.js";
import { clockTime } from "./times.js";
import { inOwn, t } from "./words.js";

export class Phone {
  /** @param {string} user */
  constructor(user) {
    this.user = user;
    this.inSight = false;
    this.shown = null;
    this.label = h("div.phone-label");
    this.clock = h("span.status-time");
    this.screen = h("div.screen");
    this.glass = h("div.glass", {}, h("div.status", { "aria-hidden": "true" }, this.clock, h("span.status-battery")), this.screen);
    this.element = h("section.phone", { dataset: { user }, id: `phone-${user}` }, this.label, this.glass);
    this.drawLabel();
    this.endings = [store.on("person", (person) => person.user_id === user && this.drawLabel())];
    const kept = recall(`open.${user}`);
    const first = this.findFirst();
    const wanted = this.isIn(kept) ? kept : first;
    if (kept !== "list" && wanted) this.open(wanted, { quietly: true });
    else this.showList();
  }

  isIn(chatId) {
    return store.chats.get(chatId)?.members.includes(this.user) ?? false;
  }

  /** Draws what is open again, after a whole state came; what is being typed stays. */
  refresh() {
    this.drawLabel();
    if (this.openChat === null || this.isIn(this.openChat)) this.shown.refresh();
    else this.showList();
  }

  /** A citizen's own chat; the group of whoever is there for one. */
  findFirst() {
    const chats = store.listChats(this.user);
    const groups = [...store.chats.values()].filter((chat) => chat.kind === "group" && chat.members.includes(this.user));
    const person = store.people.get(this.user);
    if (person.part !== "citizen" && groups.length) return groups[0].chat;
    return chats.find((chat) => chat.kind === "user")?.chat ?? null;
  }

  close() {
    this.shown?.close();
    for (const end of this.endings) end();
  }

  drawLabel() {
    const person = store.people.get(this.user);
    this.element.setAttribute("aria-label", t("phone.of", { name: person.name }));
    fill(this.label, avatar(this.user, person.name), h("span", {}, h("strong", {}, person.name), h("small", {}, inOwn(person.about))));
  }

  open(chatId, { quietly = false } = {}) {
    this.show(new ChatView(this, chatId));
    remember(`open.${this.user}`, chatId);
    this.hearIfActive();
    if (!quietly) this.shown.title.focus({ preventScroll: true });
    this.shown.scrollToFoot();
  }

  showList(from) {
    const hadFocus = this.screen.contains(document.activeElement);
    this.show(new ChatList(this));
    remember(`open.${this.user}`, "list");
    if (from && hadFocus) this.shown.focus(from);
  }

  show(view) {
    this.shown?.close();
    for (const each of this.glass.querySelectorAll(".shade, .bubble-menu")) each.remove();
    this.screen.inert = false;
    this.shown = view;
    fill(this.screen, view.element);
  }

  get openChat() {
    return this.shown instanceof ChatView ? this.shown.id : null;
  }

  /** Only the phone in use speaks to a screen reader; six at once would be a crowd. */
  setActive(active) {
    this.active = active;
    this.element.classList.toggle("phone-active", active);
    this.hearIfActive();
  }

  hearIfActive() {
    if (this.shown instanceof ChatView) this.shown.log.setAttribute("aria-live", this.active ? "polite" : "off");
  }

  setInSight(inSight) {
    this.inSight = inSight;
    this.look();
  }

  isLookedAt() {
    return this.inSight && document.visibilityState === "visible";
  }

  look() {
    if (this.shown instanceof ChatView) this.shown.see();
  }

  tick(now) {
    const words = clockTime(now);
    if (this.clock.textContent !== words) this.clock.textContent = words;
  }

  say(words) {
    say(words);
  }
}

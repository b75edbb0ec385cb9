// The list of a person's chats, the last one that spoke first.
import { avatar } from "./avatars.js";
import { summary, unsentWords } from "./bubble.js";
import { fill, h } from "./dom.js";
import { store } from "./store.js";
import { clockTime, dayKey, dayName } from "./times.js";
import { inOwn, t } from "./words.js";

export class ChatList {
  /** @param {import("./phone.js").Phone} phone */
  constructor(phone) {
    this.phone = phone;
    this.list = h("ul.chats");
    this.element = h("div.chat-list", {}, h("header.list-head", {}, h("h2", {}, t("chats"))), this.list);
    const draw = () => this.draw();
    this.endings = ["line", "chat", "person"].map((kind) => store.on(kind, draw));
    this.draw();
  }

  close() {
    for (const end of this.endings) end();
  }

  refresh() {
    this.draw();
  }

  draw() {
    const held = document.activeElement?.closest?.("[data-chat]")?.dataset.chat;
    const inHere = this.list.contains(document.activeElement);
    fill(this.list, store.listChats(this.phone.user).map((chat) => this.drawChat(chat)));
    if (inHere && held) this.focus(held);
  }

  focus(chatId) {
    const found = chatId && this.list.querySelector(`[data-chat="${chatId}"]`);
    (found || this.list.querySelector("[data-chat]"))?.focus({ preventScroll: true });
  }

  drawChat(chat) {
    const { user } = this.phone;
    const last = chat.lines.at(-1);
    const unread = store.countUnread(chat, user);
    const own = chat.kind === "user";
    const name = store.titleOf(chat);
    const when = last ? (dayKey(last.at) === dayKey(store.now()) ? clockTime(last.at) : dayName(last.at, store.now())) : "";
    return h("li", {}, h("button.chat-entry", { type: "button", dataset: { chat: chat.chat }, onclick: () => this.phone.open(chat.chat) },
      own ? avatar("bot", "") : avatar(chat.chat, name),
      h("span.entry-words", {},
        h("span.entry-name", {}, h("span", {}, name), own ? null : h("span.member-count", {}, `(${chat.members.length + (chat.bot_in ? 1 : 0)})`)),
        h("span.entry-last", {}, last ? this.lastWords(last) : own ? t("chat.empty") : inOwn(chat.about))),
      h("span.entry-side", {}, h("span.entry-time", {}, when),
        unread ? h("span.unread", {}, h("span.only-heard", {}, t("unread")), String(unread)) : null)));
  }

  lastWords(line) {
    return line.unsent ? unsentWords(line, this.phone.user) : summary(line);
  }
}

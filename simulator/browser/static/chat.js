// An open chat on one phone: its head, its messages, and what is typed and tapped at its foot.
import { perform } from "./actions.js";
import { act } from "./api.js";
import { avatar } from "./avatars.js";
import { drawRow, readWords } from "./bubble.js";
import { openChatMenu } from "./chat_menu.js";
import { Composer } from "./composer.js";
import { fill, h, icon } from "./dom.js";
import { ICONS } from "./icons.js";
import { viewPlace } from "./location.js";
import { openMenu, onLongPress } from "./long_press.js";
import { asRows, rowKey } from "./rows.js";
import { store } from "./store.js";
import { plainText } from "./text.js";
import { dayKey, dayName } from "./times.js";
import { inOwn, t } from "./words.js";

const SHOWN = 120;
const AT_FOOT = 90;

export class ChatView {
  /** @param {import("./phone.js").Phone} phone @param {string} chatId */
  constructor(phone, chatId) {
    this.phone = phone;
    this.user = phone.user;
    this.id = chatId;
    this.most = SHOWN;
    this.scrolledTo = 0;
    this.wasAtFoot = true;
    this.rows = new Map();
    this.title = h("h2.chat-title", { tabindex: "-1" });
    this.unreadElsewhere = h("span.back-count");
    this.lines = h("div.lines");
    this.log = h("div.log", { role: "log", "aria-live": "off", tabindex: "0", onkeydown: (event) => this.walk(event) }, this.lines);
    this.fresh = h("button.fresh", { type: "button", hidden: true, onclick: () => this.scrollToFoot(true) }, t("fresh"), icon(ICONS.down));
    this.composer = new Composer(this);
    this.element = h("div.chat", {},
      h("header.chat-head", {},
        h("button.icon-button.back", { type: "button", onclick: () => phone.showList(this.id) }, icon(ICONS.back), h("span.only-heard", {}, t("back")), this.unreadElsewhere),
        this.title,
        h("button.icon-button", { type: "button", "aria-label": t("chat.menu"), onclick: () => openChatMenu(this) }, icon(ICONS.menu))),
      h("div.log-frame", {}, this.log, this.fresh),
      this.composer.element);
    this.log.addEventListener("scroll", () => this.noticeScroll());
    this.endings = [
      store.on("line", (line) => line.chat === this.id && this.takeLine(line)),
      store.on("chat", (chat) => this.takeChat(chat)),
      store.on("person", () => this.composer.settle()),
      store.on("menus", () => this.composer.settle()),
    ];
    this.drawHead();
    this.drawAll();
    this.sized = new ResizeObserver(() => this.wasAtFoot && this.scrollToFoot());
    this.sized.observe(this.log);
    this.sized.observe(this.lines);
  }

  get chat() {
    return store.chats.get(this.id);
  }

  get glass() {
    return this.phone.glass;
  }

  close() {
    for (const end of this.endings) end();
    this.sized.disconnect();
    clearTimeout(this.typingEnds);
    this.composer.close();
  }

  /** Everything anew, and nothing that was typed is lost. */
  refresh() {
    const { wasAtFoot } = this;
    const { scrollTop } = this.log;
    this.told = null;
    this.drawHead();
    this.drawAll();
    this.composer.settle();
    if (wasAtFoot) return;
    this.log.scrollTop = scrollTop;
    this.wasAtFoot = false;
  }

  drawHead() {
    const { chat } = this;
    const count = chat.kind === "user" ? null : h("span.member-count", {}, `(${chat.members.length + (chat.bot_in ? 1 : 0)})`);
    this.log.setAttribute("aria-label", store.titleOf(chat));
    fill(this.title, h("span.chat-name", {}, store.titleOf(chat)), count);
    const others = store.listChats(this.user).filter((each) => each.chat !== this.id);
    const unread = others.reduce((sum, each) => sum + store.countUnread(each, this.user), 0);
    this.unreadElsewhere.textContent = unread ? String(unread) : "";
  }

  drawAll() {
    const lines = this.chat.lines.slice(-this.most);
    this.rows.clear();
    const drawn = [];
    if (this.chat.lines.length > lines.length) {
      drawn.push(h("div.row.row-notice", {}, h("button.earlier", { type: "button", onclick: () => this.showEarlier() }, t("earlier"))));
    }
    let before;
    for (const [key, together] of asRows(lines)) {
      drawn.push(this.drawDay(together[0], before), this.makeRow(key, together, before));
      before = together.at(-1);
    }
    this.last = before;
    fill(this.lines, drawn.length ? drawn : this.drawStart());
    this.showTyping();
    this.scrollToFoot();
    this.see();
  }

  /** What a chat shows before anybody has said anything. */
  drawStart() {
    const own = this.chat.kind === "user";
    const title = store.titleOf(this.chat);
    return h("div.start", {}, avatar(own ? "bot" : this.id, title), h("strong", {}, title), h("span", {}, own ? t("account.about", { id: store.account.basic_id }) : inOwn(this.chat.about)));
  }

  showEarlier() {
    this.most += SHOWN;
    const from = this.log.scrollHeight - this.log.scrollTop;
    this.drawAll();
    this.log.scrollTop = this.log.scrollHeight - from;
    this.wasAtFoot = false;
  }

  makeRow(key, lines, before) {
    const element = drawRow(lines, before, this.chat, this.asked());
    element.dataset.key = key;
    const bubble = element.querySelector(".bubble");
    if (bubble) onLongPress(bubble, (at) => this.openMenuAt(lines, bubble, at));
    this.rows.set(key, { element, lines, before });
    return element;
  }

  asked() {
    return {
      user: this.user,
      glass: this.glass,
      perform: (action, place, messageId) => perform(this, action, place, messageId),
      goTo: (messageId) => this.goTo(messageId),
      showPlace: (line) => viewPlace(this.glass, line.message),
      openMenu: (line, bubble) => this.openMenu(line, bubble),
    };
  }

  drawDay(line, before) {
    if (before && dayKey(before.at) === dayKey(line.at)) return null;
    return h("div.row.row-notice.row-day", {}, h("span.notice.day", {}, dayName(line.at, store.now())));
  }

  takeLine(line) {
    const key = rowKey(line);
    const row = this.rows.get(key);
    const atFoot = this.wasAtFoot;
    if (row) {
      const known = row.lines.findIndex((each) => each.message_id === line.message_id);
      const lines = known >= 0 ? row.lines.with(known, line) : [...row.lines, line];
      const hadFocus = row.element.contains(document.activeElement);
      row.element.replaceWith(this.makeRow(key, lines, row.before));
      if (hadFocus) this.rows.get(key).element.focus({ preventScroll: true });
      if (line.unsent) this.redrawQuotes(line.message_id);
    } else {
      if (!this.chat.lines.slice(-this.most).includes(line)) return;
      this.log.querySelector(".start")?.remove();
      const day = this.drawDay(line, this.last);
      this.lines.append(...[day, this.makeRow(key, [line], this.last)].filter(Boolean));
      this.last = line;
      this.showTyping();
    }
    if (atFoot || line.by === this.user) this.scrollToFoot();
    else if (!row) this.fresh.hidden = false;
    this.see();
  }

  redrawQuotes(messageId) {
    for (const [key, row] of [...this.rows]) {
      if (row.lines.some((line) => line.quotes === messageId)) row.element.replaceWith(this.makeRow(key, row.lines, row.before));
    }
  }

  takeChat(chat) {
    this.drawHead();
    if (chat.chat !== this.id) return;
    if (!chat.members.includes(this.user)) {
      this.phone.showList();
      return;
    }
    for (const { element, lines } of this.rows.values()) {
      const mark = element.querySelector(".read-mark");
      if (mark && lines[0].by === this.user) mark.textContent = readWords(lines.at(-1), this.chat, this.user);
    }
    this.showTyping();
    this.composer.settle();
  }

  /** The three dots while the bot takes its time. */
  showTyping() {
    clearTimeout(this.typingEnds);
    this.typing?.remove();
    const left = this.chat.loadingUntil - performance.now();
    if (left <= 0) return;
    this.typing = h("div.row.row-theirs", { role: "article", "aria-label": t("typing") }, h("span.row-avatar"),
      h("div.bubble.typing", {}, h("span.dot"), h("span.dot"), h("span.dot")));
    this.lines.append(this.typing);
    if (this.wasAtFoot) this.scrollToFoot();
    this.typingEnds = setTimeout(() => this.showTyping(), left);
  }

  /** Tell the platform that this person has read it, once the screen shows it. */
  see() {
    const last = this.chat.lines.at(-1);
    if (!this.phone.isLookedAt() || !last || !this.chat.members.includes(this.user) || this.chat.seen[this.user] === last.message_id || this.told === last.message_id) return;
    this.told = last.message_id;
    act("see_chat", { chat: this.id, user: this.user });
  }

  /** Stays at the foot while pictures and fonts come; leaves it only when somebody scrolls up. */
  noticeScroll() {
    const { scrollTop, scrollHeight, clientHeight } = this.log;
    if (scrollHeight - scrollTop - clientHeight < AT_FOOT) {
      this.wasAtFoot = true;
      this.fresh.hidden = true;
    } else if (scrollTop < this.scrolledTo) this.wasAtFoot = false;
    this.scrolledTo = scrollTop;
  }

  scrollToFoot(smoothly = false) {
    this.wasAtFoot = true;
    this.fresh.hidden = true;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.log.scrollTo({ top: this.log.scrollHeight, behavior: smoothly && !calm ? "smooth" : "instant" });
  }

  goTo(messageId) {
    const line = store.lines.get(messageId);
    if (line && !this.rows.has(rowKey(line))) {
      this.most = Infinity;
      this.drawAll();
    }
    const row = line && this.rows.get(rowKey(line));
    if (!row) return;
    this.wasAtFoot = false;
    row.element.scrollIntoView({ block: "center" });
    row.element.classList.add("row-found");
    row.element.focus({ preventScroll: true });
    setTimeout(() => row.element.classList.remove("row-found"), 1600);
  }

  /** Arrow keys go from message to message; Enter opens the menu of one. */
  walk(event) {
    const row = event.target.closest?.(".row");
    if (event.target !== this.log && event.target !== row) return;
    const all = [...this.log.querySelectorAll(".row[data-key]")];
    const at = all.indexOf(row);
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const next = all[at < 0 ? all.length - 1 : at + (event.key === "ArrowUp" ? -1 : 1)];
      next?.focus();
    } else if ((event.key === "Enter" || event.key === "ContextMenu") && row) {
      const found = this.rows.get(row.dataset.key);
      const bubble = row.querySelector(".bubble");
      if (found && bubble) this.openMenu(found.lines.at(-1), bubble);
    } else return;
    event.preventDefault();
  }

  openMenuAt(lines, bubble, at) {
    const tile = document.elementFromPoint(at.x, at.y)?.closest("[data-message-id]");
    const line = tile ? store.lines.get(tile.dataset.messageId) : lines.find((each) => !each.unsent);
    if (line) this.openMenu(line, bubble, at);
  }

  openMenu(line, bubble, at = null) {
    const found = store.lines.get(line.message_id) ?? line;
    const mine = found.by === this.user && found.kind !== "postback";
    const words = plainText(found.message);
    const choices = [
      found.quotable && { words: t("reply"), choose: () => this.composer.quote(found) },
      words && { words: t("copy"), choose: () => this.copy(words) },
      found.media && { words: t("save"), choose: () => h("a", { href: found.media.url, download: found.message.fileName ?? "" }).click() },
      mine && found.kind === "text" && this.chat.kind === "group" && { words: t("edit"), choose: () => this.composer.edit(found) },
      mine && { words: t("unsend"), choose: () => act("unsend", { message_id: found.message_id }) },
    ].filter(Boolean);
    if (choices.length) openMenu(this.glass, bubble, choices, at);
  }

  async copy(words) {
    try {
      await navigator.clipboard.writeText(words);
      this.phone.say(t("copied"));
    } catch {
      this.phone.say(t("copied.not"));
    }
  }
}

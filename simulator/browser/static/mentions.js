// @ in a group: offers its members, and remembers who was meant.
import { avatar } from "./avatars.js";
import { fill, h } from "./dom.js";
import { store } from "./store.js";
import { t } from "./words.js";

const BEGUN = /(^|\s)@([^\s@]{0,20})$/;

export class Mentions {
  /** @param {HTMLTextAreaElement} field @param {() => any} getChat @param {string} user */
  constructor(field, getChat, user) {
    this.field = field;
    this.getChat = getChat;
    this.user = user;
    /** @type {Array<[string, string]>} */
    this.chosen = [];
    this.element = h("div.mention-list", { role: "group", "aria-label": t("mention.choose"), hidden: true });
  }

  /** Call after every change of the field. */
  look() {
    const before = this.field.value.slice(0, this.field.selectionStart);
    const begun = this.getChat().kind === "user" ? null : before.match(BEGUN);
    const found = begun ? this.list(begun[2]) : [];
    this.element.hidden = found.length === 0;
    fill(this.element, found.map(([name, whom]) =>
      h("button.choice", { type: "button", onclick: () => this.choose(begun[2], name, whom) },
        whom === "all" ? null : avatar(whom === store.account.user_id ? "bot" : whom, name), name)));
  }

  list(begun) {
    const chat = this.getChat();
    const people = chat.members.filter((id) => id !== this.user).map((id) => [store.nameOf(id), id]);
    const account = chat.bot_in ? [[store.account.name, store.account.user_id]] : [];
    return [...people, ...account, ["All", "all"]].filter(([name]) => name.toLowerCase().includes(begun.toLowerCase()));
  }

  choose(begun, name, whom) {
    const at = this.field.selectionStart;
    const start = at - begun.length - 1;
    this.field.setRangeText(`@${name} `, start, at, "end");
    this.chosen.push([`@${name}`, whom]);
    this.element.hidden = true;
    this.field.focus();
    this.field.dispatchEvent(new Event("input"));
  }

  /** Those that still stand in the words, in their order; forgets all. */
  take(words) {
    const found = [];
    let from = 0;
    const left = [...this.chosen];
    while (left.length) {
      const places = left.map(([shown], at) => ({ at, place: words.indexOf(shown, from) })).filter(({ place }) => place >= 0);
      if (!places.length) break;
      const { at, place } = places.reduce((a, b) => (a.place <= b.place ? a : b));
      const [mention] = left.splice(at, 1);
      found.push(mention);
      from = place + mention[0].length;
    }
    this.chosen = [];
    this.element.hidden = true;
    return found;
  }
}

// The foot of a chat: typing, quoting, editing, quick replies, the rich menu, and the panels behind + and the smiley.
import { perform } from "./actions.js";
import { act } from "./api.js";
import { quotedPicture, summary } from "./bubble.js";
import { fill, h, icon } from "./dom.js";
import { openGallery, pickFiles, sendPictures } from "./gallery.js";
import { ICONS } from "./icons.js";
import { Mentions } from "./mentions.js";
import { drawPlusPanel, drawStickerPanel, drawVoicePanel } from "./panels.js";
import { drawQuickReplies } from "./quick_replies.js";
import { drawMenu, findMenu } from "./rich_menu.js";
import { store } from "./store.js";
import { t } from "./words.js";

const finePointer = matchMedia("(pointer: fine)");

export class Composer {
  /** @param {import("./chat.js").ChatView} view */
  constructor(view) {
    this.view = view;
    this.quoted = null;
    this.edited = null;
    this.panel = null;
    this.menuId = undefined;
    this.menuOpen = false;
    this.typing = false;
    this.quickId = null;
    this.field = h("textarea.field", {
      rows: 1, placeholder: t("field"), "aria-label": t("field"), maxlength: 5000, enterkeyhint: finePointer.matches ? "send" : "enter",
      oninput: () => this.takeInput(), onpaste: (event) => this.takePaste(event), onkeydown: (event) => this.takeKey(event), onfocus: () => this.openPanel(null),
    });
    this.mentions = new Mentions(this.field, () => view.chat, view.user);
    this.quick = h("div.quick-frame");
    this.above = h("div.above");
    this.bar = h("div.bar");
    this.below = h("div.below");
    this.element = h("footer.composer", {}, this.mentions.element, this.quick, this.above, this.bar, this.below);
    this.drawBar();
    this.settle();
  }

  close() {
    this.panelEnds?.();
  }

  /** Draws again what the platform changed: who may write, the menu, quick replies. */
  settle() {
    const hadFocus = this.element.contains(document.activeElement);
    const { chat, user } = this.view;
    const person = store.people.get(user);
    const alone = chat.kind === "user" && (!person.friend || person.blocked);
    const state = alone ? (person.blocked ? "blocked" : "stranger") : "open";
    const menu = chat.kind === "user" ? findMenu(user) : null;
    if (state !== this.state || (menu?.richMenuId ?? null) !== this.menuId) {
      if (state !== this.state || this.menuId === null) this.menuOpen = Boolean(menu?.selected);
      this.state = state;
      this.menuId = menu?.richMenuId ?? null;
      this.menu = menu;
      this.drawBar();
    }
    const quick = alone ? null : chat.quick_reply;
    if (quick?.message_id !== this.quickId) {
      this.quickId = quick?.message_id;
      if (quick && this.menuOpen) this.showMenu(false);
      fill(this.quick, drawQuickReplies(quick, (action, messageId) => perform(this.view, action, "quickReply", messageId)));
      if (this.view.wasAtFoot) requestAnimationFrame(() => this.view.scrollToFoot());
    }
    this.drawAbove();
    // The button that was pressed may be gone; whoever uses the keyboard goes on from here.
    if (hadFocus && !this.element.contains(document.activeElement)) this.bar.querySelector("button")?.focus({ preventScroll: true });
  }

  drawAbove() {
    const { chat, id, user } = this.view;
    const invite = chat.kind !== "user" && !chat.bot_in
      ? h("div.above-line", {}, h("span", {}, t("bot.absent")), h("button.small", { type: "button", onclick: () => act("invite_bot", { group: id, by: user }) }, t("bot.invite")))
      : null;
    const line = this.edited ?? this.quoted;
    const note = line && h("div.above-line.quote-line", {},
      h("span.quoted-words", {}, h("strong", {}, this.edited ? t("editing") : store.nameOf(line.by)), h("span", {}, summary(line))),
      this.edited ? null : quotedPicture(line),
      h("button.icon-button", { type: "button", "aria-label": t("quote.drop"), onclick: () => this.drop() }, icon(ICONS.close)));
    fill(this.above, invite, note);
  }

  drawBar() {
    this.openPanel(null);
    this.bar.classList.toggle("bar-menu", this.state === "open" && Boolean(this.menu) && !this.typing);
    if (this.state === "stranger") return this.drawSingle("friend.add", "follow", { user: this.view.user });
    if (this.state === "blocked") return this.drawSingle("block.end", "follow", { user: this.view.user, is_unblocked: true });
    if (this.menu && !this.typing) return this.drawMenuBar();
    const send = h("button.icon-button.send", { type: "button", "aria-label": t("send"), onclick: () => this.send() }, icon(ICONS.send));
    const mic = this.iconButton("mic", "voice.record", () => this.openVoice());
    this.sendButton = send;
    this.micButton = mic;
    fill(this.bar,
      this.menu ? this.iconButton("menu", "rich_menu.back", () => this.showMenu(true)) : null,
      this.iconButton("plus", "more", () => this.togglePanel("plus")),
      h("span.short-cuts", {},
        this.iconButton("camera", "camera", () => pickFiles({ accept: "image/*", capture: "environment" }, (files) => sendPictures(this.view, files))),
        this.iconButton("picture", "gallery", () => openGallery(this.view))),
      h("span.field-frame", {}, this.field, this.iconButton("smile", "stickers", () => this.togglePanel("stickers"))),
      mic, send);
    this.takeInput();
    return undefined;
  }

  drawSingle(words, operation, given) {
    fill(this.below);
    fill(this.bar, h("button.primary.single", { type: "button", onclick: () => act(operation, given) }, t(words)));
  }

  drawMenuBar() {
    fill(this.bar, this.iconButton("keyboard", "keyboard", () => this.openKeyboard("")),
      h("button.menu-toggle", { type: "button", "aria-expanded": String(this.menuOpen), onclick: () => this.showMenu(!this.menuOpen) },
        this.menu.chatBarText || t("rich_menu"), icon(this.menuOpen ? ICONS.down : ICONS.up)));
    fill(this.below, this.menuOpen ? drawMenu(this.menu, (action) => perform(this.view, action, "richMenu")) : null);
  }

  iconButton(drawing, words, press) {
    return h("button.icon-button", { type: "button", "aria-label": t(words), title: t(words), onclick: press }, icon(ICONS[drawing]));
  }

  showMenu(open) {
    if (!this.menu) return;
    const hadFocus = this.element.contains(document.activeElement);
    this.typing = false;
    this.menuOpen = open;
    this.drawBar();
    if (hadFocus) this.bar.querySelector(".menu-toggle")?.focus();
  }

  /** The keyboard in the place of the menu, with words in it, which a tap on a button brought. */
  openKeyboard(words) {
    if (this.state !== "open") return;
    this.typing = true;
    this.drawBar();
    if (words) {
      this.field.value = words;
      this.takeInput();
    }
    this.field.focus();
    this.field.setSelectionRange(this.field.value.length, this.field.value.length);
  }

  quote(line) {
    this.edited = null;
    this.quoted = line;
    this.openKeyboard("");
    this.drawAbove();
  }

  edit(line) {
    this.quoted = null;
    this.edited = line;
    this.openKeyboard(line.message.text);
    this.drawAbove();
  }

  drop() {
    if (this.edited) this.field.value = "";
    this.quoted = null;
    this.edited = null;
    this.takeInput();
    this.drawAbove();
    this.field.focus();
  }

  takeInput() {
    const filled = this.field.value.trim() !== "";
    if (this.sendButton) {
      this.sendButton.hidden = !filled;
      this.micButton.hidden = filled;
      this.bar.classList.toggle("bar-filled", filled);
    }
    this.field.style.height = "auto";
    if (this.field.value) this.field.style.height = `${Math.min(this.field.scrollHeight, 120)}px`;
    this.mentions.look();
  }

  takeKey(event) {
    if (event.key === "Escape" && (this.quoted || this.edited)) this.drop();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !finePointer.matches) return;
    event.preventDefault();
    this.send();
  }

  /** A picture from the clipboard goes as a photo. */
  takePaste(event) {
    const pictures = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (!pictures.length) return;
    event.preventDefault();
    sendPictures(this.view, pictures);
  }

  async send() {
    const text = this.field.value.trim();
    if (!text) return;
    const { id, user } = this.view;
    const mentions = this.mentions.take(text);
    const { quoted, edited } = this;
    this.field.value = "";
    this.quoted = null;
    this.edited = null;
    this.takeInput();
    this.drawAbove();
    this.field.focus();
    const sent = edited
      ? await act("edit", { message_id: edited.message_id, text })
      : await act("say", { chat: id, by: user, text, ...(quoted ? { quotes: quoted.message_id } : {}), ...(mentions.length ? { mentions } : {}) });
    if (sent === null && !this.field.value) {
      this.field.value = text;
      this.takeInput();
    }
  }

  /** What a panel sends goes as a reply too, if LINE can do that. */
  takeQuote() {
    const quoted = this.quoted;
    this.quoted = null;
    this.drawAbove();
    return quoted ? { quotes: quoted.message_id } : {};
  }

  togglePanel(which) {
    this.openPanel(this.panel === which ? null : which);
  }

  openVoice() {
    if (this.state !== "open") return;
    if (this.menu && !this.typing) this.openKeyboard("");
    this.openPanel("voice");
  }

  openPanel(which) {
    this.panelEnds?.();
    this.panelEnds = null;
    this.panel = which;
    if (!which) {
      fill(this.below);
      return;
    }
    const draw = { plus: drawPlusPanel, stickers: drawStickerPanel, voice: drawVoicePanel }[which];
    const { element, end } = draw(this.view, () => this.openPanel(null));
    this.panelEnds = end ?? null;
    fill(this.below, element);
    element.querySelector("button")?.focus();
  }
}

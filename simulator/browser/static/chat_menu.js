// What stands behind the ☰ of a chat: members, inviting, leaving, following, blocking.
import { act } from "./api.js";
import { avatar } from "./avatars.js";
import { h } from "./dom.js";
import { choice, openSheet } from "./sheet.js";
import { store } from "./store.js";
import { inOwn, t } from "./words.js";

/** @param {import("./chat.js").ChatView} view */
export function openChatMenu(view) {
  const { chat, user } = view;
  const body = chat.kind === "user" ? listOwn(user) : listGroup(view);
  const { close, sheet } = openSheet(view.glass, { title: store.titleOf(chat), body });
  for (const button of sheet.querySelectorAll(".choice")) button.addEventListener("click", close);
}

function listOwn(user) {
  const person = store.people.get(user);
  if (person.blocked) return [choice(t("block.end"), () => act("follow", { user, is_unblocked: true }))];
  return [
    h("p.hint", {}, t("account.about", { id: store.account.basic_id })),
    person.friend ? null : choice(t("friend.add"), () => act("follow", { user })),
    choice(t("block"), () => act("block", { user }), { class: "danger" }),
  ].filter(Boolean);
}

function listGroup(view) {
  const { chat, user } = view;
  const group = chat.chat;
  const members = chat.members.map((id) => {
    const person = store.people.get(id);
    return h("li.member", {}, avatar(id, person?.name ?? ""), h("span", {}, store.nameOf(id), id === user ? ` (${t("me")})` : "", h("small", {}, inOwn(person?.about))));
  });
  if (chat.bot_in) members.push(h("li.member", {}, avatar("bot", ""), h("span", {}, store.account.name, h("small", {}, t("account")))));
  const others = [...store.people.values()].filter((person) => !chat.members.includes(person.user_id));
  return [
    chat.about ? h("p.hint", {}, inOwn(chat.about)) : null,
    h("ul.members", { "aria-label": t("members") }, members),
    chat.bot_in
      ? choice(t("bot.remove"), () => act("remove_bot", { group, by: user }), { class: "danger" })
      : choice(t("bot.invite"), () => act("invite_bot", { group, by: user })),
    others.length ? choice(t("members.add"), () => askForMember(view, others)) : null,
    choice(t("group.leave"), () => act("remove_members", { group, users: [user] }), { class: "danger" }),
  ].filter(Boolean);
}

function askForMember(view, others) {
  const rows = others.map((person) => {
    const invite = () => (close(), act("add_members", { group: view.id, users: [person.user_id] }));
    return h("button.choice.choice-person", { type: "button", onclick: invite }, avatar(person.user_id, person.name), person.name);
  });
  // The sheet that led here closes first, and would take this one's place away.
  let close = () => {};
  setTimeout(() => ({ close } = openSheet(view.glass, { title: t("members.add"), body: rows })), 0);
}

// What the platform looks like now, kept up to date by the feed; everything on the page is drawn from here.

class Store {
  constructor() {
    this.clear();
    /** @type {Map<string, Set<(view: any) => void>>} */
    this.listeners = new Map();
  }

  clear() {
    this.account = { user_id: "", basic_id: "", name: "", own_address: "" };
    this.people = new Map();
    this.chats = new Map();
    this.lines = new Map();
    this.menus = { default_id: null, menus: {} };
    this.director = { now: Date.now(), offset: 0, troubles: [], quota: { limit: null, used: 0 }, holding: 0 };
    this.events = new Map();
    this.wire = new Map();
    this.stories = { stories: [], playing: null };
    this.notes = [];
    this.nowHeardAt = performance.now();
  }

  /**
   * Listens for one kind of change: state, person, chat, line, menus, director, event, wire, stories, notes, open.
   * @returns {() => void} ends the listening
   */
  on(kind, tell) {
    if (!this.listeners.has(kind)) this.listeners.set(kind, new Set());
    this.listeners.get(kind).add(tell);
    return () => this.listeners.get(kind).delete(tell);
  }

  tell(kind, view) {
    for (const each of [...(this.listeners.get(kind) ?? [])]) each(view);
  }

  takeState(state) {
    this.clear();
    this.account = { own_address: "", ...state.account };
    for (const person of state.people) this.people.set(person.user_id, person);
    for (const chat of state.chats) this.putChat({ ...chat });
    this.menus = state.menus;
    this.putDirector(state.director);
    for (const event of state.events) this.events.set(event.event_id, event);
    for (const entry of state.wire) this.wire.set(entry.request_id, entry);
    this.stories = state.stories;
    this.notes = state.notes;
    this.tell("state", state);
  }

  takeChange({ kind, view }) {
    const put = {
      person: () => this.people.set(view.user_id, view),
      chat: () => this.putChat({ ...view, lines: this.chats.get(view.chat)?.lines ?? [] }),
      line: () => this.putLine(view),
      menus: () => (this.menus = view),
      director: () => this.putDirector(view),
      event: () => putLast(this.events, view.event_id, view, 100),
      wire: () => putLast(this.wire, view.request_id, view, 200),
      stories: () => (this.stories = view),
      notes: () => (this.notes = view.notes),
    }[kind];
    if (!put) return;
    put();
    this.tell(kind, view);
  }

  putChat(chat) {
    chat.loadingUntil = performance.now() + chat.loading_seconds * 1000;
    for (const line of chat.lines) this.lines.set(line.message_id, line);
    this.chats.set(chat.chat, chat);
  }

  putLine(line) {
    const chat = this.chats.get(line.chat);
    if (!chat) return;
    const known = this.lines.has(line.message_id);
    this.lines.set(line.message_id, line);
    if (!known) {
      chat.lines.push(line);
      if (line.by === "bot") chat.loadingUntil = 0;
      return;
    }
    const at = chat.lines.findLastIndex((each) => each.message_id === line.message_id);
    if (at >= 0) chat.lines[at] = line;
  }

  putDirector(director) {
    this.director = director;
    this.nowHeardAt = performance.now();
  }

  /** The platform's time, in milliseconds. */
  now() {
    return this.director.now + (performance.now() - this.nowHeardAt);
  }

  /** The chats of a person's phone, the one that spoke last first. */
  listChats(userId) {
    const found = [...this.chats.values()].filter((chat) => chat.members.includes(userId));
    const last = (chat) => chat.lines.at(-1)?.at ?? 0;
    return found.sort((a, b) => last(b) - last(a));
  }

  countUnread(chat, userId) {
    const seen = chat.seen[userId];
    let count = 0;
    for (let at = chat.lines.length - 1; at >= 0; at -= 1) {
      const line = chat.lines[at];
      if (line.message_id === seen) break;
      if (line.by !== userId && line.by !== "line") count += 1;
    }
    return count;
  }

  nameOf(by) {
    if (by === "bot" || by === this.account.user_id) return this.account.name;
    return this.people.get(by)?.name ?? "";
  }

  /** Whose words a chat shows in its head. */
  titleOf(chat) {
    return chat.kind === "user" ? this.account.name : chat.name || chat.members.map((id) => this.nameOf(id)).join(", ");
  }
}

function putLast(map, key, view, most) {
  map.set(key, view);
  if (map.size > most) map.delete(map.keys().next().value);
}

export const store = new Store();

/** Opens the feed; EventSource comes back by itself, and begins with a whole state then. */
export function followFeed() {
  const feed = new EventSource("/simulator/feed");
  feed.addEventListener("state", (event) => {
    store.takeState(JSON.parse(event.data));
    store.tell("open", true);
  });
  feed.addEventListener("change", (event) => store.takeChange(JSON.parse(event.data)));
  feed.addEventListener("error", () => store.tell("open", false));
}

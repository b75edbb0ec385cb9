// Stories that are told step by step in a meeting: what happened, what comes next.
import { act } from "./api.js";
import { fill, h } from "./dom.js";
import { recall, remember } from "./remembering.js";
import { store } from "./store.js";
import { inOwn, t } from "./words.js";

const FOLLOWED = "story";

/** Whether this browser goes along with the story: others may be looking at something else meanwhile. */
export function follows(playing) {
  return Boolean(playing) && recall(FOLLOWED) === playing.story;
}

function follow(story) {
  remember(FOLLOWED, story);
  store.tell("stories", store.stories);
}

export class Stories {
  /** @param {{bar?: boolean}} [how] as a bar under a small phone it is there only while a story plays */
  constructor({ bar = false } = {}) {
    this.bar = bar;
    this.element = bar ? h("section.stories.story-bar", { "aria-label": t("director.stories") }) : h("div.stories");
    store.on("stories", () => this.draw());
  }

  draw() {
    const { stories, playing } = store.stories;
    this.element.hidden = this.bar && !playing;
    const key = this.element.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    fill(this.element, playing ? this.drawPlaying(playing) : this.bar ? [] : this.drawChoice(stories));
    if (key) (this.element.querySelector(`[data-key="${key}"]:not(:disabled)`) ?? this.element.querySelector("button"))?.focus({ preventScroll: true });
  }

  drawChoice(stories) {
    if (!stories.length) return [h("p.hint", {}, t("story.none"))];
    return stories.map(({ story, title, about, steps }) =>
      h("button.story", { type: "button", dataset: { key: story }, onclick: () => begin(story) },
        h("strong", {}, inOwn(title)), h("span", {}, inOwn(about)), h("small", {}, t("story.steps", { n: steps }))));
  }

  drawPlaying(playing) {
    const title = store.stories.stories.find((each) => each.story === playing.story)?.title;
    const acting = playing.status === "acting";
    const over = playing.status === "done" || playing.status === "failed";
    return [
      h("p.story-title", {}, h("strong", {}, inOwn(title)), h("small", {}, t("story.step", { step: playing.step, steps: playing.steps }))),
      h("progress", { max: playing.steps, value: playing.step, "aria-label": t("story.progress") }),
      h("div", { role: "status" }, playing.said ? h("p.story-said", {}, inOwn(playing.said)) : null,
        playing.status === "done" ? h("p.story-next", {}, t("story.done")) : null,
        playing.error ? h("p.story-error", {}, explain(playing), " ", t("story.failed.help")) : null),
      playing.next && !over ? h("p.story-next", {}, h("small", {}, t("story.next")), inOwn(playing.next)) : null,
      h("div.button-row", {},
        follows(playing) ? null : h("button.small", { type: "button", dataset: { key: "follow" }, onclick: () => follow(playing.story) }, t("story.follow")),
        playing.status === "failed" ? h("button.primary", { type: "button", dataset: { key: "again" }, onclick: () => begin(playing.story) }, t("story.again")) : null,
        over ? null : h("button.primary", { type: "button", dataset: { key: "next" }, disabled: acting || playing.auto, onclick: () => actIn(playing, "next_step") }, acting ? t("story.acting") : t("story.go")),
        over ? null : h("button.small", { type: "button", dataset: { key: "auto" }, "aria-pressed": String(playing.auto), onclick: () => actIn(playing, "set_story_auto", { on: !playing.auto }) }, playing.auto ? t("story.pause") : t("story.auto")),
        h("button.small", { type: "button", dataset: { key: "stop" }, onclick: () => act("stop_story") }, over ? t("story.close") : t("story.stop"))),
    ];
  }
}

function begin(story) {
  remember(FOLLOWED, story);
  return act("play_story", { story });
}

/** Whoever plays a story goes along with it. */
function actIn(playing, operation, given) {
  remember(FOLLOWED, playing.story);
  return act(operation, given);
}

/** What did not come, in the words of whoever watches. */
function explain({ problem }) {
  const [th, en] = problem?.wanted ?? [];
  const wanted = inOwn({ th, en: en ?? th });
  if (problem?.kind === "button") return t("story.failed.button", { wanted, where: problem.where });
  if (problem?.kind === "bubble" && wanted) return t("story.failed.bubble", { wanted, where: problem.where });
  return t("story.failed");
}

// The page: a bar that says what this is, the desk with the phones, and the director's panel.
import { Desk } from "./desk.js";
import { Director } from "./director.js";
import { fill, h, icon } from "./dom.js";
import { ICONS } from "./icons.js";
import { openSheet } from "./sheet.js";
import { followFeed, store } from "./store.js";
import { follows, Stories } from "./stories.js";
import { getLanguage, loadWords, setLanguage, t } from "./words.js";

const app = document.getElementById("app");
const narrow = matchMedia("(max-width: 760px)");
/** @type {Desk | null} */
let desk = null;
let director;
let aside;
let storyBar;
let sheet = null;
let lastLook = "";
let lastPlaying = false;

await loadWords();
fill(app, h("p.loading", {}, t("loading")));
store.on("state", () => {
  if (!desk) build();
  desk.draw();
  director.drawAll();
  storyBar.draw();
});
followFeed();

function build() {
  desk = new Desk();
  director = new Director();
  const lost = h("p.lost", { role: "alert", hidden: true }, t("lost"));
  aside = h("aside.director-frame", { "aria-label": t("director") }, h("h2", {}, t("director")), director.element);
  storyBar = new Stories({ bar: true });
  fill(app, drawBar(), lost, h("div.stage", {}, desk.element, aside), storyBar.element);
  store.on("open", (open) => (lost.hidden = open));
  store.on("stories", followStory);
  narrow.addEventListener("change", () => {
    sheet?.close();
    placeDirector();
  });
  placeDirector();
}

function drawBar() {
  const other = getLanguage() === "th" ? "en" : "th";
  return h("header.bar-top", {},
    h("h1.only-heard", {}, t("page.title")),
    h("p.banner", { role: "note" }, h("strong", {}, t("banner")), " ", h("span", {}, t("banner.demo")), " ", h("span.banner-more", {}, t("banner.more"))),
    h("button.bar-button", { type: "button", lang: other, onclick: () => setLanguage(other) }, t("language.other")),
    h("button.bar-button.director-button", { type: "button", onclick: openDirector }, icon(ICONS.director), h("span", {}, t("director"))));
}

/** At the side where there is room, else in a sheet. */
function placeDirector() {
  if (!narrow.matches) aside.append(director.element);
}

function openDirector() {
  if (!narrow.matches) {
    aside.hidden = !aside.hidden;
    return;
  }
  const closed = () => {
    sheet = null;
    placeDirector();
  };
  sheet = openSheet(app, { title: t("director"), kind: "director", body: [director.element], closed });
}

/** Each step of a story shows the phone on which it happens, in the browser that plays it or has asked to see it. */
function followStory() {
  const { playing } = store.stories;
  const following = follows(playing);
  const look = following && playing.look ? `${playing.story} ${playing.step}` : "";
  if (look && look !== lastLook) desk.look(playing.look);
  if (following && !lastPlaying) sheet?.close();
  lastPlaying = following;
  lastLook = look;
}

// The location picker: a map of the khet that needs no internet, places to choose, and an address to type.
import { h, icon } from "./dom.js";
import { ICONS } from "./icons.js";
import { makeMap } from "./map.js";
import { openSheet } from "./sheet.js";
import { inOwn, t } from "./words.js";

let places = null;

async function getPlaces() {
  if (!places) {
    const answer = await fetch("/simulator/places.json");
    const given = answer.ok ? await answer.json() : {};
    places = { centre: given.centre ?? [13.7563, 100.5018], khet: given.khet ?? [], places: given.places ?? [], outlines: given.outlines ?? null };
  }
  return places;
}

/** @param {(place: {latitude: number, longitude: number, address?: string, title?: string}) => void} chosen */
export async function pickPlace(glass, chosen) {
  const given = await getPlaces();
  const frame = h("div.map", { "aria-label": t("map"), role: "application" });
  const pin = h("span.map-pin", { "aria-hidden": "true" }, icon(ICONS.place));
  const address = h("input.address", { type: "text", maxlength: 200, "aria-label": t("place.address"), placeholder: t("place.address") });
  const where = h("p.hint", { role: "status" });
  const list = h("div.place-list", { role: "group", "aria-label": t("place.choose") });
  const search = h("input.search", { type: "search", "aria-label": t("place.search"), placeholder: t("place.search"), oninput: () => show() });
  const send = h("button.primary", { type: "button" }, t("place.send"));
  const sheet = openSheet(glass, {
    title: t("kind.location"),
    kind: "page",
    body: [search, list, h("div.map-frame", {}, frame, pin), where, address, h("div.sheet-foot", {}, send)],
    closed: () => map.remove(),
  });
  const map = makeMap(frame, given, [...given.centre], 12);
  let typed = "";
  address.addEventListener("input", () => (typed = address.value));
  map.on("moveend", () => tellWhere());
  frame.addEventListener("keydown", (event) => event.stopPropagation());

  function tellWhere() {
    const { lat, lng } = map.getCenter();
    const khet = nearest(given.khet, lat, lng);
    where.textContent = t("place.near", { khet: khet ? inOwn(khet) : "", latitude: lat.toFixed(5), longitude: lng.toFixed(5) });
  }

  function goTo(place, zoom) {
    map.setView([place.latitude, place.longitude], zoom, { animate: false });
    typed = place.address ?? "";
    address.value = typed;
    search.value = "";
    show();
  }

  function show() {
    const wanted = search.value.trim().toLowerCase();
    const fits = (each) => !wanted || `${each.th} ${each.en} ${each.address ?? ""}`.toLowerCase().includes(wanted);
    const found = [...given.places.filter(fits).map((each) => [each, 16]), ...(wanted ? given.khet.filter(fits).map((each) => [each, 14]) : [])];
    list.replaceChildren(...found.slice(0, 12).map(([each, zoom]) =>
      h("button.place-choice", { type: "button", onclick: () => goTo(each, zoom) }, icon(ICONS.place), inOwn(each))));
    if (!found.length) list.append(h("span.hint", {}, t("place.none")));
  }

  send.addEventListener("click", () => {
    const { lat, lng } = map.getCenter();
    const words = typed.trim();
    sheet.close();
    chosen({ latitude: round(lat), longitude: round(lng), ...(words ? { address: words } : {}) });
  });
  show();
  tellWhere();
  requestAnimationFrame(() => map.invalidateSize());
}

/** A place that was sent, on the same map. */
export async function viewPlace(glass, message) {
  const given = await getPlaces();
  const frame = h("div.map.map-view", { "aria-label": t("map"), role: "application" });
  const words = [message.title, message.address].filter(Boolean).join(" · ");
  openSheet(glass, { title: message.title || t("kind.location"), kind: "page", closed: () => map.remove(),
    body: [h("div.map-frame", {}, frame, h("span.map-pin", { "aria-hidden": "true" }, icon(ICONS.place))), h("p.hint", {}, words)] });
  const map = makeMap(frame, given, [message.latitude, message.longitude], 15);
  requestAnimationFrame(() => map.invalidateSize());
}

function nearest(khet, latitude, longitude) {
  const far = (each) => (each.latitude - latitude) ** 2 + (each.longitude - longitude) ** 2;
  return khet.reduce((best, each) => (best === null || far(each) < far(best) ? each : best), null);
}

function round(degrees) {
  return Math.round(degrees * 1e6) / 1e6;
}

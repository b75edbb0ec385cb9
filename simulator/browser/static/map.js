// A map without tiles: outlines of the khet where they are known, else their names at their centres.
import { divIcon, geoJSON, Map as LeafletMap, Marker } from "/simulator/vendor/leaflet/leaflet.js";
import { h } from "./dom.js";
import { inOwn, t } from "./words.js";

const BOUNDS = [[13.3, 100.2], [14.1, 101.1]];

/** @param {HTMLElement} frame @param {any} given what /simulator/places.json says */
export function makeMap(frame, given, centre, zoom) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = new LeafletMap(frame, { attributionControl: false, minZoom: 9, maxZoom: 18, maxBounds: BOUNDS, zoomAnimation: !calm, fadeAnimation: false });
  if (given.outlines) geoJSON(given.outlines, { interactive: false, style: { color: "#00695c", weight: 1.5, fillColor: "#e3efe9", fillOpacity: 0.6 } }).addTo(map);
  for (const khet of given.khet) label(map, khet, "map-khet");
  for (const place of given.places) label(map, place, "map-place");
  map.setView(centre, zoom);
  frame.classList.toggle("map-far", map.getZoom() < 14);
  map.on("zoomend", () => frame.classList.toggle("map-far", map.getZoom() < 14));
  const [nearer, farther] = [frame.querySelector(".leaflet-control-zoom-in"), frame.querySelector(".leaflet-control-zoom-out")];
  for (const [button, words] of [[nearer, "map.nearer"], [farther, "map.farther"]]) {
    button?.setAttribute("aria-label", t(words));
    button?.setAttribute("title", t(words));
  }
  return map;
}

function label(map, where, kind) {
  const icon = divIcon({ className: kind, html: h("span", {}, inOwn(where)), iconSize: [0, 0] });
  new Marker([where.latitude, where.longitude], { icon, interactive: false, keyboard: false }).addTo(map);
}

// Draws the khet in their colours and the cases as points; the numbers are those of the table beside the map.
import * as L from "./vendor/leaflet/leaflet.js";
import { HAS_TILES, addTiles } from "./tiles.js";

const COLOURS = ["#ffffff", "#d3e6e2", "#9fcac2", "#62a99d", "#268577", "#00594f"]; // as in map.css
const EDGE = { color: "#5b6770", weight: 1, fillOpacity: HAS_TILES ? 0.5 : 0.85 };
const CIRCLE = 12; // pixels, where no outline is known
const BANGKOK = [[13.49, 100.33], [13.96, 100.94]];
const POINTS_FROM = 12; // nearer than the whole city there is room for points
const WAIT = 250; // milliseconds after the map was moved

const place = document.getElementById("map");
if (place) start();

function start() {
  const khet = JSON.parse(document.getElementById("khet").textContent);
  place.textContent = "";
  const map = L.map(place, { attributionControl: false, scrollWheelZoom: false, maxZoom: 18, zoomSnap: 0.25 });
  map.fitBounds(BANGKOK);
  addTiles(map);
  map.once("focus", () => map.scrollWheelZoom.enable());
  drawKhet(map, khet).then((bounds) => {
    if (khet.length < 10 && bounds.isValid()) map.fitBounds(bounds);
    if (place.dataset.points) showPoints(map);
  });
}

async function drawKhet(map, khet) {
  const outlines = place.dataset.outlines ? await read(place.dataset.outlines) : null;
  const bounds = L.latLngBounds([]);
  for (const each of khet) {
    const look = { ...EDGE, fillColor: COLOURS[each.level] };
    const rings = outlines?.[each.dcode];
    const shape = rings ? L.polygon(rings, look) : L.circleMarker(each.middle, { ...look, radius: CIRCLE });
    shape.bindTooltip(each.words, { sticky: true });
    shape.on("click", () => location.assign(each.href));
    shape.addTo(map);
    bounds.extend(rings ? shape.getBounds() : each.middle);
    const path = shape.getElement();
    path.setAttribute("tabindex", "0");
    path.setAttribute("role", "link");
    path.setAttribute("aria-label", each.words);
    path.addEventListener("keydown", (event) => {
      if (event.key === "Enter") location.assign(each.href);
    });
  }
  return bounds;
}

function showPoints(map) {
  const layer = L.layerGroup().addTo(map);
  const note = document.getElementById("map-note");
  let asked = 0;
  let timer = 0;
  const load = async () => {
    const mine = ++asked;
    layer.clearLayers();
    note.textContent = map.getZoom() < POINTS_FROM ? place.dataset.hint : "";
    if (map.getZoom() < POINTS_FROM) return;
    const box = map.getBounds();
    const corners = [box.getSouth(), box.getWest(), box.getNorth(), box.getEast()].map((edge) => edge.toFixed(5));
    const found = await read(`${place.dataset.points}&box=${corners.join(",")}`);
    if (mine !== asked) return;
    if (!found) {
      note.textContent = place.dataset.failed;
      return;
    }
    note.textContent = found.note;
    for (const each of found.points) {
      L.circleMarker(each.at, { radius: 6, color: "#fff", weight: 2, fillColor: "#b3261e", fillOpacity: 1 })
        .bindTooltip(each.words)
        .on("click", () => location.assign(place.dataset.cases + each.number))
        .addTo(layer);
    }
    for (const each of found.heaps) {
      const size = 22 + Math.min(26, Math.round(6 * Math.log10(each.count + 1)));
      const icon = L.divIcon({ className: "heap", html: String(each.count), iconSize: [size, size] });
      L.marker(each.at, { icon, keyboard: false })
        .bindTooltip(each.words)
        .on("click", () => map.setView(each.at, map.getZoom() + 2))
        .addTo(layer);
    }
  };
  map.on("moveend", () => {
    clearTimeout(timer);
    timer = setTimeout(load, WAIT);
  });
  load();
}

async function read(address) {
  try {
    const told = await fetch(address, { headers: { Accept: "application/json" } });
    return told.ok ? await told.json() : null;
  } catch {
    return null;
  }
}

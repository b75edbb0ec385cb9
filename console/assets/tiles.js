// Street maps under the outlines of the khet, where the operator has set an address for them; else nothing.
import * as L from "./vendor/leaflet/leaflet.js";

const told = document.querySelector('meta[name="map-tiles"]');

export const HAS_TILES = Boolean(told);

export function addTiles(map) {
  if (!told) return;
  const words = document.createElement("span");
  words.textContent = told.dataset.attribution;
  // Of the page that asks they learn where it stands, and not which case it is about.
  L.tileLayer(told.content, { attribution: words.innerHTML, maxZoom: 19, referrerPolicy: "origin" }).addTo(map);
  L.control.attribution({ prefix: false }).addTo(map);
}

// The page of one case: photos larger in a dialog, the map with its outlines, and buttons that fill in a form.
const dialog = document.getElementById("zoom");
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-zoom]");
  if (link && dialog && !event.ctrlKey && !event.metaKey && event.button === 0) {
    event.preventDefault();
    const shown = dialog.querySelector("img");
    shown.src = link.href;
    shown.alt = link.querySelector("img").alt;
    dialog.showModal();
  }
  if (event.target === dialog) dialog.close();
  const chosen = event.target.closest("button[data-day], button[data-words]");
  if (chosen) {
    const field = document.getElementById(chosen.dataset.day ? "day" : "words");
    field.value = chosen.dataset.day || chosen.dataset.words;
    field.focus();
  }
});

// Words of one's own are meant where somebody types them beside ready-made ones.
document.getElementById("words")?.addEventListener("input", () => {
  const own = document.getElementById("ready-own");
  if (own) own.checked = true;
});

const box = document.getElementById("case-map");
if (box) drawMap(box);

async function drawMap(place) {
  const L = await import("./vendor/leaflet/leaflet.js");
  place.hidden = false;
  const pin = [Number(place.dataset.lat), Number(place.dataset.lng)];
  const map = L.map(place, { attributionControl: false, scrollWheelZoom: false }).setView(pin, 14);
  (await import("./tiles.js")).addTiles(map);
  const told = await fetch(place.dataset.source, { headers: { Accept: "application/json" } });
  const outlines = told.ok ? (await told.json()).khet : [];
  for (const khet of outlines) {
    for (const ring of khet.rings) {
      L.polygon(ring, { color: khet.main ? "#00695c" : "#8a4b00", weight: 2, fillOpacity: khet.main ? 0.1 : 0.05 })
        .bindTooltip(khet.name)
        .addTo(map);
    }
  }
  const dot = L.circleMarker(pin, { radius: 9, color: "#fff", weight: 3, fillColor: "#b3261e", fillOpacity: 1 });
  dot.addTo(map);
  const main = outlines.find((khet) => khet.main && khet.rings.length > 0);
  if (main) map.fitBounds(L.latLngBounds(main.rings.flat()).extend(pin), { padding: [12, 12] });
}

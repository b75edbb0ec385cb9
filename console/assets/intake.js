// The form of an intake: kinds chosen by a click, the spot by a tap on the map, Ctrl+Enter saves, and no second sending.
const form = document.getElementById("intake");
const spot = document.getElementById("spot");

function choose(list, value) {
  const chosen = document.getElementById(list);
  chosen.value = value;
  chosen.classList.remove("is-invalid"); // what was wrong with it is settled
  chosen.removeAttribute("aria-invalid");
  chosen.parentElement.querySelector(".invalid-feedback")?.remove();
  chosen.dispatchEvent(new Event("change", { bubbles: true }));
  chosen.focus();
}

document.addEventListener("click", (event) => {
  const kind = event.target.closest("button[data-category]");
  if (kind) choose("category", kind.dataset.category);
  const khet = event.target.closest("button[data-org]");
  if (khet) {
    event.preventDefault(); // without scripts it sends the form, to be looked at
    document.getElementById("settled").value = khet.dataset.settled ?? "";
    if (khet.dataset.spot === "") {
      spot.value = "";
      spot.dispatchEvent(new Event("change", { bubbles: true })); // off the map too
    }
    choose("org", khet.dataset.org);
  }
  if (event.target.closest("[data-print]")) window.print();
});

if (form) {
  document.getElementById("save-hint").hidden = false;
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(document.getElementById("save"));
    }
  });
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
    setTimeout(() => { sent = false; }, 5000);
  });
  // Enter in a field would send the form to be looked at, which is done while somebody types.
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && event.target.matches("input:not([type=file])")) {
      event.preventDefault();
    }
  });
}

const box = document.getElementById("intake-map");
const hasTiles = document.querySelector('meta[name="map-tiles"]');
if (spot && (box?.dataset.source || (box && hasTiles))) drawMap(box); // without outlines or streets there is nothing to point at

async function drawMap(place) {
  const L = await import("./vendor/leaflet/leaflet.js");
  place.hidden = false;
  place.setAttribute("role", "application");
  place.setAttribute("aria-label", place.dataset.label);
  const map = L.map(place, { attributionControl: false, scrollWheelZoom: false }).setView([13.75, 100.55], 10);
  (await import("./tiles.js")).addTiles(map);
  const dot = L.circleMarker([13.75, 100.55], { radius: 9, color: "#fff", weight: 3, fillColor: "#b3261e", fillOpacity: 1 });
  const show = (closer) => {
    const told = spot.value.match(/(-?\d{1,3}\.\d+)\s*[,/ ]\s*(-?\d{1,3}\.\d+)/);
    if (!told) return dot.remove();
    dot.setLatLng([Number(told[1]), Number(told[2])]).addTo(map);
    if (closer) map.setView(dot.getLatLng(), Math.max(map.getZoom(), 13));
  };
  map.on("click", (event) => {
    spot.value = `${event.latlng.lat.toFixed(6)}, ${event.latlng.lng.toFixed(6)}`;
    spot.dispatchEvent(new Event("input", { bubbles: true }));
    show(false);
  });
  spot.addEventListener("change", () => show(true));
  show(true);
  if (!place.dataset.source) return;
  const told = await fetch(place.dataset.source, { headers: { Accept: "application/json" } });
  if (!told.ok) return;
  for (const khet of Object.values(await told.json())) {
    for (const ring of khet) L.polygon(ring, { color: "#00695c", weight: 1, fillOpacity: 0.06, interactive: false }).addTo(map);
  }
}

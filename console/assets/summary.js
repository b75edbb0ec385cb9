// Draws the charts of the summary from the tables of the page: nothing is fetched, and without a script the tables say it all.
import * as echarts from "./vendor/echarts/echarts.js";

const COLOURS = ["#00695c", "#e0a03a", "#b3261e", "#8c959f"];
const ENDS = ["#00695c", "#e0a03a", "#b3261e", "#8c959f"];
const MOST_BARS = 20;
const INK = "#1f2328";
const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

const readTable = (id, columns) => {
  const body = document.getElementById(id);
  const heads = [...body.closest("table").querySelectorAll("thead th")].slice(1);
  const rows = [...body.rows].map((row) => ({
    label: row.cells[0].textContent.trim(),
    href: row.cells[0].querySelector("a")?.href,
    values: columns.map((column) => Number(row.cells[column + 1].dataset.value)),
  }));
  return { names: columns.map((column) => heads[column].textContent.trim()), rows };
};

const describe = (kind, { names, rows }) => {
  const lying = kind === "bars";
  const shown = lying
    ? rows.toSorted((one, other) => other.values[0] - one.values[0]).slice(0, MOST_BARS).reverse()
    : rows;
  const labels = { type: "category", data: shown.map((row) => row.label), axisLabel: { color: INK, hideOverlap: true } };
  const values = { type: "value", minInterval: 1, axisLabel: { color: INK } };
  const series = names.map((name, place) => ({
    name,
    type: "bar",
    stack: kind === "stack" ? "ends" : undefined,
    data: shown.map((row) => row.values[place]),
  }));
  return {
    shown,
    option: {
      animation: !calm,
      color: kind === "stack" ? ENDS : COLOURS,
      textStyle: { fontFamily: "Sarabun, sans-serif", fontSize: 14, color: INK },
      legend: { top: 0, textStyle: { color: INK } },
      grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
      tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" } },
      xAxis: lying ? values : labels,
      yAxis: lying ? labels : values,
      series,
    },
  };
};

const draw = (place) => {
  const columns = place.dataset.columns.split(" ").map(Number);
  const table = readTable(place.dataset.rows, columns);
  if (!table.rows.length) return;
  const { shown, option } = describe(place.dataset.chart, table);
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", place.dataset.label);
  place.textContent = " "; // no longer empty, so that it has its height
  const chart = echarts.init(place, null, { renderer: "canvas" });
  chart.setOption(option);
  chart.on("click", ({ dataIndex }) => {
    if (shown[dataIndex]?.href) location.href = shown[dataIndex].href;
  });
  new ResizeObserver(() => chart.resize()).observe(place);
};

document.fonts.ready.then(() => {
  for (const place of document.querySelectorAll(".chart")) draw(place);
});

// Whoever changes a day means the days, and not the time that was chosen before.
for (const day of document.querySelectorAll("#from-day, #to-day")) {
  day.addEventListener("change", () => {
    document.getElementById("period").value = "";
  });
}

// The list of cases by keyboard: j and k go down and up, Enter opens (it is a link), x chooses.
const rows = [...document.querySelectorAll("[data-row]")];
const typing = (target) => target.closest("textarea, select, [contenteditable], input:not([type=checkbox])") !== null;

function go(step) {
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1)];
  const link = next?.querySelector("a.number");
  link?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "j") go(1);
  if (event.key === "k") go(-1);
  if (event.key === "x") {
    const box = rows.find((row) => row.contains(document.activeElement))?.querySelector("input[name=case]");
    box?.click(); // as if it had been pointed at, so that the steps below follow
  }
});

// What every page does beyond plain links and forms: `/` goes to the search field, Escape closes what asks again.
const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && !typing(event.target)) {
    const search = document.querySelector("[data-search]");
    if (search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  }
  if (event.key === "Escape") {
    for (const open of document.querySelectorAll("details.confirm[open]")) open.open = false;
  }
});

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented || form.target === "_blank") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 4000); // the page may stay, where what comes back is a file
});

// A page that answered a form cannot be shown again by going back: once it is sent on, back leads to one that can.
document.addEventListener("submit", (event) => {
  const back = event.submitter?.dataset.back;
  if (back && !event.defaultPrevented) history.replaceState(null, "", back);
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// A table wider than its box says so, and can be scrolled by keyboard; one that fits is no stop on the way of Tab.
function measure(box) {
  const wide = box.scrollWidth > box.clientWidth + 2;
  const more = box.previousElementSibling;
  if (more?.classList.contains("table-more")) more.hidden = !wide;
  box.classList.toggle("has-more", wide && box.scrollLeft + box.clientWidth < box.scrollWidth - 2);
  if (wide || box.scrollHeight > box.clientHeight + 2) box.tabIndex = 0;
  else box.removeAttribute("tabindex");
}

const sizes = new ResizeObserver((all) => all.forEach((each) => measure(each.target)));
function watch(part) {
  for (const box of part.querySelectorAll(".table-box")) {
    sizes.observe(box);
    box.addEventListener("scroll", () => measure(box), { passive: true });
  }
}
watch(document);
document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) watch(event.target); });

// What somebody typed outlives a sign-in that ended meanwhile: it stays in this tab, and comes back into its form for the
// same person alone. It is gone with the next page that is no sign-in, with signing out, and with the tab.
const KEY = "unsent";
const NEVER = ["file", "password"];
const me = document.body.dataset.staff;
const page = location.pathname; // sending may leave another address behind

function load() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    return null;
  }
}

function keep(what) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(what));
  } catch {
    // a browser that keeps nothing, or no more
  }
}

const addressOf = (form) => new URL(form.getAttribute("action") || "", location.href).pathname;

function note(form) {
  if (!me || !form || form.method !== "post" || form.id === "intake") return; // an intake is kept at the desk itself
  const fields = [];
  for (const field of form.elements) {
    if (!field.name || field.name === "csrf_token" || NEVER.includes(field.type) || field.tagName === "BUTTON") continue;
    if (["checkbox", "radio"].includes(field.type) && !field.checked) continue;
    fields.push([field.name, field.value]);
  }
  keep({ me, page, form: addressOf(form), fields });
}

function fill(form, fields) {
  let changed = null;
  for (const field of form.elements) {
    if (!field.name || ["hidden", ...NEVER].includes(field.type) || field.tagName === "BUTTON") continue;
    const given = fields.filter(([name]) => name === field.name).map(([, value]) => value);
    const before = field.type === "checkbox" || field.type === "radio" ? field.checked : field.value;
    if (field.type === "checkbox") field.checked = given.includes(field.value);
    else if (field.type === "radio") field.checked = given.length > 0 ? given.includes(field.value) : field.checked;
    else if (given.length > 0) field.value = given[0];
    if (before !== (field.type === "checkbox" || field.type === "radio" ? field.checked : field.value)) changed ??= field;
  }
  return changed;
}

document.addEventListener("input", (event) => note(event.target.form));
document.addEventListener("submit", (event) => {
  if (event.target.getAttribute("action")?.endsWith("/sign-out")) sessionStorage.removeItem(KEY);
  else note(event.target);
});

const kept = load();
if (kept && !me) keep({ ...kept, waits: true });
else if (kept) {
  sessionStorage.removeItem(KEY);
  if (kept.waits && kept.me === me && kept.page === page) {
    const form = [...document.forms].find((each) => each.method === "post" && addressOf(each) === kept.form);
    const first = form && fill(form, kept.fields);
    if (first) {
      form.before(document.getElementById("unsent").content.cloneNode(true)); // where they look, and not at the head
      first.closest("details")?.setAttribute("open", "");
      first.focus();
    }
  }
}

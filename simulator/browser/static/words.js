// The words of these pages, in Thai or English; the choice is kept in the browser.

const KEPT_AS = "simulator.language";
let words = {};
let language = "th";

export async function loadWords() {
  const [th, en] = await Promise.all(["th", "en"].map((each) => fetchWords(each)));
  words = { th, en };
  let kept = null;
  try {
    kept = localStorage.getItem(KEPT_AS);
  } catch {
    // A browser that keeps nothing begins in Thai each time.
  }
  language = kept === "en" ? "en" : "th";
  document.documentElement.lang = language;
  document.title = t("page.title");
}

async function fetchWords(which) {
  const answer = await fetch(`/simulator/assets/words.${which}.json`);
  if (!answer.ok) throw new Error(`words.${which}.json: ${answer.status}`);
  return answer.json();
}

/**
 * The words of a key, with {names} filled in.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  const found = words[language]?.[key] ?? words.en?.[key] ?? key;
  return found.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Which of {"th", "en"} is meant for this reader. */
export function inOwn(both) {
  return both ? (both[language] ?? both.th ?? both.en ?? "") : "";
}

export function getLanguage() {
  return language;
}

/** Keeps the choice and draws the page anew with it. */
export function setLanguage(chosen) {
  try {
    localStorage.setItem(KEPT_AS, chosen);
  } catch {
    return;
  }
  location.reload();
}

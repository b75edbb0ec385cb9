// Asks the simulator to do something, and says so on the page where it would not.
import { h } from "./dom.js";
import { t } from "./words.js";

/**
 * POST /simulator/api/OPERATION; the answer, or null after telling what went wrong.
 * @param {string} operation
 * @param {Record<string, unknown>} given
 */
export async function act(operation, given = {}) {
  return ask(`/simulator/api/${operation}`, { headers: { "Content-Type": "application/json" }, body: JSON.stringify(given) });
}

/**
 * Sends files as a person.
 * @param {{chat: string, by: string, kind: "image" | "video" | "audio" | "file", durationMs?: number}} how
 * @param {Array<{name: string, data: Blob}>} files
 */
export async function upload({ chat, by, kind, durationMs }, files) {
  const form = new FormData();
  form.append("chat", chat);
  form.append("by", by);
  form.append("kind", kind);
  if (durationMs) form.append("duration_ms", String(Math.round(durationMs)));
  for (const { name, data } of files) form.append("files", data, name);
  return ask("/simulator/uploads", { body: form });
}

async function ask(address, request) {
  try {
    const answer = await fetch(address, { method: "POST", ...request });
    const text = await answer.text();
    const said = readJson(text) ?? { error: text || `${answer.status}` };
    if (answer.ok && !("error" in said)) return said.result ?? true;
    say(t("failed", { why: said.error }));
  } catch {
    say(t("failed.unreachable"));
  }
  return null;
}

function readJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A line at the foot of the page that goes by itself. */
export function say(words) {
  const toast = h("p.toast", {}, words);
  document.getElementById("toasts").append(toast);
  setTimeout(() => toast.remove(), 6000);
}

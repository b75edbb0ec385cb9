// Moments as LINE writes them, always in Bangkok's time.
import { getLanguage, t } from "./words.js";

const ZONE = "Asia/Bangkok";
const formats = new Map();

function format(name, options) {
  const locale = getLanguage() === "th" ? "th-TH-u-ca-buddhist" : "en-GB";
  const key = `${locale} ${name}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options }));
  return formats.get(key);
}

/** 14:05 */
export function clockTime(at) {
  return format("clock", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
}

/** 14:05:09 */
export function exactTime(at) {
  return format("exact", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(at);
}

/** The same for all moments of one day. */
export function dayKey(at) {
  return format("key", { year: "numeric", month: "2-digit", day: "2-digit" }).format(at);
}

/** Today, yesterday, or the date. */
export function dayName(at, now) {
  if (dayKey(at) === dayKey(now)) return t("day.today");
  if (dayKey(at) === dayKey(now - 86_400_000)) return t("day.yesterday");
  return format("day", { weekday: "short", day: "numeric", month: "short" }).format(at);
}

/** Date and time, for the director's clock. */
export function wholeMoment(at) {
  return format("whole", {
    weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).format(at);
}

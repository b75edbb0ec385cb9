// Pictures and links of the bot, as this browser reaches them.
import { store } from "./store.js";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** The address on this page's own server, if it is one of the product's; else unchanged. */
export function asSeenFromHere(address) {
  const own = store.account.own_address;
  if (own && address.startsWith(own)) return address.slice(own.length) || "/";
  try {
    const url = new URL(address);
    if (url.origin === location.origin || (LOOPBACK.has(url.hostname) && url.port === location.port)) {
      return url.pathname + url.search + url.hash;
    }
  } catch {
    // Not an address at all; shown as it is.
  }
  return address;
}

/** A picture's address, or null where the page may not fetch it: the simulator works without the internet. */
export function pictureAddress(address) {
  const found = asSeenFromHere(String(address ?? ""));
  return found.startsWith("/") || found.startsWith("data:image/") ? found : null;
}

// What a reload of the page keeps: whose phone was in hand, and which chat lay open on each.

const PREFIX = "simulator.";

export function recall(name) {
  try {
    return sessionStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function remember(name, what) {
  try {
    sessionStorage.setItem(PREFIX + name, what);
  } catch {
    // Then a reload begins where phones begin.
  }
}

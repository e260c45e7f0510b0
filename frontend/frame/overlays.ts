import { signal } from "@preact/signals";

/** What lies over the page: at most one at a time. */
export const overlay = signal<"palette" | "shortcuts" | null>(null);

/** What was typed while it was on its way. */
let typed = "";

export function openPalette(): void {
  open("palette");
}

export function openShortcutList(): void {
  open("shortcuts");
}

export function closeOverlay(): void {
  overlay.value = null;
}

function open(which: "palette" | "shortcuts"): void {
  typed = "";
  overlay.value = which;
}

/**
 * Keeps what is typed for what was asked for and is not there yet; Esc lets go of it. Whether something was: then no key is
 * a shortcut of the page.
 */
export function keepTyped(event: KeyboardEvent): boolean {
  if (overlay.peek() === null || document.querySelector("dialog[open]")) return false;
  if (event.metaKey || event.ctrlKey || event.altKey) return false;
  if (event.key === "Escape") closeOverlay();
  else if (event.key === "Backspace") typed = typed.slice(0, -1);
  else if (event.key.length === 1) typed += event.key;
  else return true;
  event.preventDefault();
  return true;
}

/** What was kept. */
export function takeTyped(): string {
  const kept = typed;
  typed = "";
  return kept;
}

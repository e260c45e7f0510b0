import { signal } from "@preact/signals";

/** What lies over the page: at most one at a time. */
export const overlay = signal<"palette" | "shortcuts" | null>(null);

export function openPalette(): void {
  overlay.value = "palette";
}

export function openShortcutList(): void {
  overlay.value = "shortcuts";
}

export function closeOverlay(): void {
  overlay.value = null;
}

import { signal } from "@preact/signals";

export type Theme = "light" | "dark";

const KEY = "waymark.theme";

/** The theme in force. `public/theme.js` has set it before the first paint. */
export const theme = signal<Theme>(document.documentElement.dataset.theme === "dark" ? "dark" : "light");

/** Switches and remembers; a choice equal to the system's is forgotten, so that the system leads again. */
export function toggleTheme(): void {
  const next: Theme = theme.value === "dark" ? "light" : "dark";
  apply(next);
  try {
    if (next === systemTheme()) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}

/** Follows the system while the user has not chosen otherwise. */
export function followSystemTheme(): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    if (readChosen() === null) apply(systemTheme());
  });
}

function apply(next: Theme): void {
  theme.value = next;
  document.documentElement.dataset.theme = next;
}

function systemTheme(): Theme {
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function readChosen(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

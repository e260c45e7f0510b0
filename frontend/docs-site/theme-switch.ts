/** Shared with the dashboard, whose script reads it before the first paint. */
const KEPT = "waymark.theme";

export function startThemeSwitch(): void {
  const button = document.querySelector<HTMLButtonElement>("#theme");
  if (button === null) return;
  const show = (): void => {
    const isDark = document.documentElement.dataset["theme"] === "dark";
    button.textContent = isDark ? "Light" : "Dark";
    button.ariaLabel = isDark ? "Light theme" : "Dark theme";
    showPictures(isDark);
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    const next = document.documentElement.dataset["theme"] === "dark" ? "light" : "dark";
    document.documentElement.dataset["theme"] = next;
    keep(next);
    show();
  });
  show();
}

/** Pictures of a screen ask the system for its theme; here they follow the page's. */
function showPictures(isDark: boolean): void {
  for (const source of document.querySelectorAll<HTMLSourceElement>("picture source")) {
    source.media = isDark ? "all" : "not all";
  }
}

function keep(theme: string): void {
  try {
    localStorage.setItem(KEPT, theme);
  } catch {
    // A browser that keeps nothing has this theme until the next page.
  }
}

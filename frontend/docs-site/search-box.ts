import { type SearchEntry, findEntries } from "./find-entries.ts";

const INDEX = "/docs/search.json";

/** The search: its index is fetched when it is first needed, and what it finds are links. */
export function startSearch(): void {
  const box = document.querySelector<HTMLElement>("#search");
  const input = document.querySelector<HTMLInputElement>("#search-words");
  const results = document.querySelector<HTMLElement>("#search-results");
  if (box === null || input === null || results === null) return;
  box.hidden = false;

  let index: Promise<SearchEntry[]> | undefined;
  const search = async (): Promise<void> => {
    index ??= loadIndex();
    const words = input.value;
    const entries = await index;
    if (words === input.value) showFound(results, words, entries);
  };
  input.addEventListener("focus", () => void (index ??= loadIndex()));
  input.addEventListener("input", () => void search());
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !isTyping(event.target)) {
      event.preventDefault();
      input.focus();
    }
    if (event.key === "Escape") results.hidden = true;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") moveFocus(box, event);
  });
  document.addEventListener("click", ({ target }) => {
    if (!box.contains(target as Node)) results.hidden = true;
  });
}

async function loadIndex(): Promise<SearchEntry[]> {
  const answer = await fetch(INDEX);
  return (await answer.json()) as SearchEntry[];
}

function showFound(results: HTMLElement, words: string, entries: readonly SearchEntry[]): void {
  results.hidden = words.trim() === "";
  const links = findEntries(entries, words).map(([page, heading, address, text]) => {
    const link = document.createElement("a");
    link.href = address;
    const about = document.createElement("small");
    about.textContent = text;
    link.append(heading === "" ? page : `${heading} · ${page}`, about);
    return link;
  });
  const none = document.createElement("p");
  none.textContent = "Nothing found.";
  results.replaceChildren(...(links.length === 0 ? [none] : links));
}

function moveFocus(box: HTMLElement, event: KeyboardEvent): void {
  const places = [...box.querySelectorAll<HTMLElement>("input, a")];
  const at = places.indexOf(document.activeElement as HTMLElement);
  if (at < 0 || places.length < 2) return;
  event.preventDefault();
  const step = event.key === "ArrowDown" ? 1 : -1;
  places.at((at + step) % places.length)?.focus();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select");
}

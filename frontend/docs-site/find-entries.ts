/** Page, heading within it (empty for the page itself), address, first words. */
export type SearchEntry = readonly [page: string, heading: string, address: string, words: string];

const MAX_FOUND = 12;
const IN_TITLE = 8;
const IN_HEADING = 5;
const IN_TEXT = 1;

/** The entries that hold every word, best first: a word in a title says more than one in the text. */
export function findEntries(entries: readonly SearchEntry[], words: string): SearchEntry[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  return entries
    .map((entry) => ({ entry, weight: weigh(entry, wanted) }))
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .slice(0, MAX_FOUND)
    .map(({ entry }) => entry);
}

function weigh([page, heading, , text]: SearchEntry, wanted: readonly string[]): number {
  const places: [string, number][] = [
    [page, heading === "" ? IN_TITLE : IN_TEXT],
    [heading, IN_HEADING],
    [text, IN_TEXT],
  ];
  let sum = 0;
  for (const word of wanted) {
    const found = places.filter(([place]) => place.toLowerCase().includes(word));
    if (found.length === 0) return 0;
    sum += found.reduce((most, [, weight]) => most + weight, 0);
  }
  return sum;
}

import { readHeadings, linesOutsideFences, plainText } from "./headings.ts";
import type { DocsPage } from "./docs-pages.ts";

import type { SearchEntry } from "#frontend/docs-site/find-entries.ts";

const MAX_CHARACTERS = 600;
const HEADING = /^#{1,3}\s/;

/** One entry for each heading down to the third level; code is left out. */
export function searchEntries(page: DocsPage): SearchEntry[] {
  const headings = readHeadings(page.markdown).filter(({ level }) => level <= 3);
  const parts = splitAtHeadings(linesOutsideFences(page.markdown));
  return headings.map(({ level, text, id }, index) => [
    page.title,
    level === 1 ? "" : text,
    level === 1 ? page.address : `${page.address}#${id}`,
    readable(parts[index] ?? []),
  ]);
}

function splitAtHeadings(lines: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (const line of lines) {
    if (HEADING.test(line)) parts.push([]);
    else parts.at(-1)?.push(line);
  }
  return parts;
}

function readable(lines: readonly string[]): string {
  const text = lines
    .filter((line) => !/^\s*(?:<|\|[\s|:-]+\|$)/.test(line))
    .map((line) => plainText(line).replaceAll("|", " "))
    .join(" ");
  return text.replaceAll(/\s+/g, " ").trim().slice(0, MAX_CHARACTERS);
}

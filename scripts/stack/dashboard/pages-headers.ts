import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** null: what an earlier rule says of this header is taken back. */
type Rule = { pattern: RegExp; headers: [string, string | null][] };
export type PagesHeaders = (path: string) => Record<string, string>;

/** What Pages sends with every file unless `_headers` says otherwise. */
const BY_DEFAULT = {
  "cache-control": "public, max-age=0, must-revalidate",
  "x-content-type-options": "nosniff",
};
/** The bundler puts a digest into these names: their content never changes. */
const HASHED = /^\/assets\/.+-[\w-]{8,}\.\w+$/;
const FOREVER = "public, max-age=31536000, immutable";

/** The headers of each path as Pages would send them: its own, and those of the build's `_headers` file. */
export async function readPagesHeaders(dist: string): Promise<PagesHeaders> {
  const rules = parseHeadersFile(await readFile(join(dist, "_headers"), "utf8").catch(() => ""));
  return (path) => {
    const cached = HASHED.test(path) ? { "cache-control": FOREVER } : {};
    const sent = new Map<string, string | null>(Object.entries({ ...BY_DEFAULT, ...cached }));
    for (const { pattern, headers } of rules) {
      if (pattern.test(path)) for (const [name, value] of headers) sent.set(name, value);
    }
    return Object.fromEntries([...sent].filter((header): header is [string, string] => header[1] !== null));
  };
}

/** A path with `*` wildcards on a line of its own, its headers indented under it; one that is taken back stands behind `!`. */
export function parseHeadersFile(text: string): Rule[] {
  const rules: Rule[] = [];
  for (const line of text.split("\n")) {
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith("#")) continue;
    const colon = trimmed.indexOf(":");
    const isIndented = /^\s/.test(line);
    if (isIndented && trimmed.startsWith("!")) {
      rules.at(-1)?.headers.push([trimmed.slice(1).trim().toLowerCase(), null]);
    } else if (isIndented && colon > 0) {
      rules.at(-1)?.headers.push([trimmed.slice(0, colon).toLowerCase(), trimmed.slice(colon + 1).trim()]);
    } else {
      const pattern = trimmed
        .split("*")
        .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
      rules.push({ pattern: new RegExp(`^${pattern.join(".*")}$`), headers: [] });
    }
  }
  return rules;
}

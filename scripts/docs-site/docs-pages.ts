import { readdir, readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { projectFolder } from "#scripts/stack/project.ts";
import { type Heading, readHeadings } from "./headings.ts";

export const DOCS_FOLDER = join(projectFolder, "docs");
/** Where the site stands on the dashboard's origin. */
const BASE = "/docs";

/** A page of docs, named by its path below that folder. */
export type DocsPage = {
  path: string;
  markdown: string;
  title: string;
  headings: readonly Heading[];
  address: string;
};

/** All pages below docs, in no order. Throws when one has no title. */
export async function readDocsPages(): Promise<DocsPage[]> {
  const names = await readdir(DOCS_FOLDER, { recursive: true });
  const paths = names.map((name) => name.replaceAll("\\", "/")).filter((name) => name.endsWith(".md"));
  return await Promise.all(
    paths.map(async (path) => {
      const markdown = await readFile(join(DOCS_FOLDER, path), "utf8");
      const headings = readHeadings(markdown);
      const title = headings.find(({ level }) => level === 1)?.text;
      if (title === undefined) throw new Error(`docs/${path} has no heading of the first level`);
      return { path, markdown, title, headings, address: addressOf(path) };
    }),
  );
}

/** `users/reports.md` is /docs/users/reports, and a README.md the folder that it stands in. */
export function addressOf(path: string): string {
  const page = path.replace(/\.md$/, "");
  return page.endsWith("README")
    ? posix.join(BASE, page.replace(/README$/, ""), "/")
    : posix.join(BASE, page.toLowerCase());
}

/** The file below the site's folder that Pages serves at a page's address. */
export function outputOf(path: string): string {
  const address = addressOf(path).slice(BASE.length + 1);
  return address === "" || address.endsWith("/") ? `${address}index.html` : `${address}.html`;
}

/** What a link of a page becomes on the site; links that lead elsewhere stay as they are. */
export function resolveLink(fromPath: string, target: string): string {
  if (/^(?:[a-z]+:|[/#])/.test(target)) return target;
  const [file = "", anchor] = target.split("#");
  const resolved = posix.join(posix.dirname(fromPath), file);
  const address = resolved.endsWith(".md") ? addressOf(resolved) : posix.join(BASE, resolved);
  return anchor === undefined ? address : `${address}#${anchor}`;
}

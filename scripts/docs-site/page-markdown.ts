import type { MarkdownLibrary, MarkdownToken } from "@11ty/eleventy";
import { escapeHtml } from "#rendering/mail/escape-html.ts";
import { resolveLink } from "./docs-pages.ts";
import { readFenceInfo } from "./fence-info.ts";
import { headingIds, plainText } from "./headings.ts";
import { highlight } from "./highlight.ts";

const LINKED = /\b(href|src|srcset)="([^"]+)"/g;
/** What the api answers itself, linked wherever it is named. */
const API_PAGES: ReadonlySet<string> = new Set(["/api/v1/docs", "/api/v1/openapi.json"]);

/** Makes a page's markdown what its site needs: anchors, addresses of the site, coloured code, tables that scroll. */
export function preparePages(library: MarkdownLibrary): void {
  library.set({ html: true, linkify: false });
  const { rules } = library.renderer;
  rules["fence"] = (tokens, index) => fenceHtml(tokens[index]);
  rules["code_inline"] = (tokens, index) => inlineHtml(tokens[index]?.content ?? "");
  rules["th_open"] = (tokens, index) => (isEmpty(tokens[index + 1]) ? "<td>" : "<th>");
  rules["th_close"] = (tokens, index) => (isEmpty(tokens[index - 1]) ? "</td>" : "</th>");
  // A table that is wider than the page is scrolled by the keyboard, too.
  rules["table_open"] = () => '<div class="table" tabindex="0"><table>\n';
  rules["table_close"] = () => "</table></div>\n";
  rules["heading_close"] = (tokens, index) => headingEnd(tokens, index);
  library.core.ruler.push("docs-site", ({ tokens, env }) => {
    const path = docsPath(env.page.inputPath);
    giveIds(tokens);
    for (const token of tokens) moveLinks(token, path);
  });
}

/** `./docs/users/reports.md` is users/reports.md. */
export function docsPath(inputPath: string): string {
  return inputPath.replace(/^(?:\.\/)?docs\//, "");
}

function giveIds(tokens: readonly MarkdownToken[]): void {
  const giveId = headingIds();
  for (const [index, token] of tokens.entries()) {
    if (token.type !== "heading_open") continue;
    token.attrSet("id", giveId(plainText(tokens[index + 1]?.content ?? "")));
  }
}

function moveLinks(token: MarkdownToken, path: string): void {
  for (const name of ["href", "src"]) {
    const target = token.attrGet(name);
    if (target !== null) token.attrSet(name, resolveLink(path, target));
  }
  if (/^\s*<(?:picture|source|img|a)\b/.test(token.content)) {
    token.content = token.content.replaceAll(
      LINKED,
      (_, name: string, target: string) => `${name}="${resolveLink(path, target)}"`,
    );
  }
  for (const child of token.children ?? []) moveLinks(child, path);
}

/** A heading that says nothing is none. */
function isEmpty(cell: MarkdownToken | undefined): boolean {
  return (cell?.content ?? "").trim() === "";
}

function headingEnd(tokens: readonly MarkdownToken[], index: number): string {
  const { tag = "h2" } = tokens[index] ?? {};
  const id = tokens[index - 2]?.attrGet("id");
  const words = plainText(tokens[index - 1]?.content ?? "");
  const anchor =
    id === null || id === undefined || tag === "h1"
      ? ""
      : ` <a class="anchor" href="#${escapeHtml(id)}" aria-label="Link to “${escapeHtml(words)}”">#</a>`;
  return `${anchor}</${tag}>\n`;
}

function fenceHtml(token: MarkdownToken | undefined): string {
  const { content = "", info = "" } = token ?? {};
  const { language, marks } = readFenceInfo(info);
  const isAnswer = "answer" in marks;
  const caption = isAnswer ? "<figcaption>Answer</figcaption>" : "";
  const code = highlight(content, language) ?? escapeHtml(content);
  return `<figure class="code${isAnswer ? " answer" : ""}">${caption}<pre tabindex="0"><code>${code}</code></pre></figure>\n`;
}

function inlineHtml(content: string): string {
  const code = `<code>${escapeHtml(content)}</code>`;
  return API_PAGES.has(content) ? `<a href="${content}">${code}</a>` : code;
}

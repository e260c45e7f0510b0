import { escapeHtml } from "#rendering/mail/escape-html.ts";
import type { DocsPage } from "./docs-pages.ts";
import type { SiteAssets } from "./site-assets.ts";
import { HOME, type Section } from "./site-map.ts";

export type Site = { pages: readonly DocsPage[]; sections: readonly Section[]; assets: SiteAssets };

const API_REFERENCE = "/api/v1/docs";

/** A page's own HTML in the frame of the site. Nothing in it needs a script, and nothing is inline. */
export function framePage(site: Site, page: DocsPage, html: string): string {
  const title = page.path === HOME ? "Waymark documentation" : `${page.title} · Waymark`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${site.assets.style}">
<script src="/theme.js"></script>
<script src="${site.assets.script}" defer></script>
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
${header()}
<div class="shell">
${sidebar(site, page)}
<main id="content" tabindex="-1">
<article>
${html}</article>
${neighbours(site, page)}
</main>
${contents(page)}
</div>
</body>
</html>
`;
}

function header(): string {
  return `<header class="top">
<a class="menu" href="#pages">Menu</a>
<a class="brand" href="/docs/"><img src="/icon.svg" alt="" width="24" height="24">Waymark <span>Docs</span></a>
<div class="search" id="search" role="search" hidden>
<input type="search" id="search-words" placeholder="Search" aria-label="Search the documentation" aria-controls="search-results" autocomplete="off">
<div id="search-results" aria-live="polite" hidden></div>
</div>
<div class="actions"><button type="button" id="theme" hidden>Dark</button><a href="/">Dashboard</a></div>
</header>`;
}

function sidebar({ sections }: Site, page: DocsPage): string {
  const groups = sections.map((section) => {
    const isHere = section.pages.includes(page);
    const isOpen = isHere || (page.path === HOME && section.pages.length < 20);
    const links = section.pages.map((one) => pageLink(one, page)).join("");
    return `<details${isOpen ? " open" : ""}><summary>${escapeHtml(section.title)}</summary><ul>${links}${
      section.title === "Build on it" ? `<li><a href="${API_REFERENCE}">API reference</a></li>` : ""
    }</ul></details>`;
  });
  return `<nav class="pages" id="pages" aria-label="Pages"><a class="close" href="#content">Close</a>${groups.join("\n")}</nav>`;
}

function pageLink(one: DocsPage, page: DocsPage): string {
  const current = one === page ? ' aria-current="page"' : "";
  const depth = one.path.startsWith("users/install/") ? ' class="deeper"' : "";
  return `<li${depth}><a href="${one.address}"${current}>${escapeHtml(one.title)}</a></li>`;
}

function contents({ headings }: DocsPage): string {
  const shown = headings.filter(({ level }) => level === 2 || level === 3);
  if (shown.length < 2) return "";
  const links = shown.map(
    ({ level, text, id }) =>
      `<li class="level-${level}"><a href="#${escapeHtml(id)}">${escapeHtml(text)}</a></li>`,
  );
  return `<aside class="contents"><nav aria-label="On this page"><strong>On this page</strong><ul>${links.join("")}</ul></nav></aside>`;
}

/** The pages in the order in which one would read them. */
export function inOrder({ pages, sections }: Site): DocsPage[] {
  return [...pages.filter(({ path }) => path === HOME), ...sections.flatMap((section) => section.pages)];
}

function neighbours(site: Site, page: DocsPage): string {
  const order = inOrder(site);
  const place = order.indexOf(page);
  const link = (label: string, one: DocsPage | undefined): string =>
    one === undefined
      ? "<span></span>"
      : `<a href="${one.address}" rel="${label === "Next" ? "next" : "prev"}"><small>${label}</small>${escapeHtml(one.title)}</a>`;
  return `<nav class="neighbours" aria-label="Before and after">${link("Previous", place > 0 ? order[place - 1] : undefined)}${link("Next", order[place + 1])}</nav>`;
}

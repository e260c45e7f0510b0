import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Eleventy, type EleventyConfig } from "@11ty/eleventy";
import { projectFolder } from "#scripts/stack/project.ts";
import { type DocsPage, outputOf, readDocsPages } from "./docs-pages.ts";
import { framePage, inOrder, type Site } from "./page-frame.ts";
import { docsPath, preparePages } from "./page-markdown.ts";
import { searchEntries } from "./search-index.ts";
import { buildSiteAssets } from "./site-assets.ts";
import { planSections } from "./site-map.ts";

/** Part of what Pages serves: the dashboard's build lies around it. */
export const SITE_FOLDER = join(projectFolder, "frontend", "dist", "docs");

/** Renders docs as a static site into `frontend/dist/docs`. Throws when a page cannot be rendered. */
export async function buildDocsSite(): Promise<void> {
  await rm(SITE_FOLDER, { recursive: true, force: true });
  await mkdir(SITE_FOLDER, { recursive: true });
  const pages = await readDocsPages();
  const site: Site = { pages, sections: planSections(pages), assets: await buildSiteAssets(SITE_FOLDER) };
  const generator = new Eleventy("docs", SITE_FOLDER, {
    quietMode: true,
    config: (config) => configure(config, site),
  });
  await generator.write();
  await writeFile(join(SITE_FOLDER, "search.json"), JSON.stringify(inOrder(site).flatMap(searchEntries)));
  await writeFile(join(SITE_FOLDER, "404.html"), framePage(site, LOST, LOST_HTML));
}

const LOST: DocsPage = {
  path: "404.md",
  markdown: "",
  title: "No such page",
  headings: [],
  address: "/docs/404",
};
const LOST_HTML = `<h1>No such page</h1>
<p>Nothing is at this address. It may have moved: look in the list of pages, search, or begin at the <a href="/docs/">start</a>.</p>
`;

function configure(config: EleventyConfig, site: Site): Record<string, unknown> {
  config.setTemplateFormats(["md"]);
  config.amendLibrary("md", preparePages);
  config.addPassthroughCopy({ "docs/images": "images" });
  config.addGlobalData(
    "permalink",
    () =>
      ({ page }: { page: { inputPath: string } }) =>
        outputOf(docsPath(page.inputPath)),
  );
  config.addTransform("frame", function frame(content) {
    const path = docsPath(this.page.inputPath);
    const page = site.pages.find((one) => one.path === path);
    if (page === undefined) throw new Error(`docs/${path} is no page`);
    return framePage(site, page, content);
  });
  // Pages speak of templates of others: braces in them are text.
  return { markdownTemplateEngine: false };
}

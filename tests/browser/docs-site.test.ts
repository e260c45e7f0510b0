import { join } from "node:path";
import axe from "axe-core";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { escapeHtml } from "#rendering/mail/escape-html.ts";
import { type DocsPage, readDocsPages } from "#scripts/docs-site/docs-pages.ts";
import { startDashboardServer } from "#scripts/stack/dashboard/dashboard-server.ts";
import type { ListeningServer } from "#scripts/stack/http/http-server.ts";
import { projectFolder } from "#scripts/stack/project.ts";
import type { Workers } from "#scripts/stack/workers/workers.ts";
import { ensureDashboard, ensureDocs } from "#scripts/build/ensure-built.ts";
import { openBrowser, type TestBrowser } from "#tests/support/open-browser.ts";
import { startDashboard } from "./dashboard/open-dashboard.ts";

/** Of each sort one: the first one, tables and code, a picture. */
const LOOKED_AT = ["/docs/", "/docs/users/installing-the-pixel", "/docs/users/reading-attribution"];

let browser: TestBrowser;
let server: ListeningServer;
let pages: DocsPage[];

beforeAll(async () => {
  await ensureDashboard();
  await ensureDocs();
  const workers = { fetch: async () => new Response(null, { status: 502 }) } as unknown as Workers;
  server = await startDashboardServer({ dist: join(projectFolder, "frontend", "dist"), workers }, 0);
  [browser, pages] = await Promise.all([openBrowser(), readDocsPages()]);
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

type Opened = { page: Page; errors: string[] };

async function open(address: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext({ baseURL: server.url, reducedMotion: "reduce", ...options });
  onTestFinished(async () => await context.close());
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.goto(address);
  return { page, errors };
}

test("every page is served at its address, with its title and the anchors that links aim at", async () => {
  for (const { address, title, headings } of pages) {
    const answer = await fetch(server.url + address);
    const html = await answer.text();
    const ids = [...html.matchAll(/<h[1-6] id="([^"]*)"/g)].map(([, id]) => id);
    expect({ address, status: answer.status, ids }).toEqual({
      address,
      status: 200,
      ids: headings.map(({ id }) => id),
    });
    expect(html).toContain(`<title>${address === "/docs/" ? "Waymark documentation" : escapeHtml(title)}`);
  }
});

test("every address that a page of the site links to is one that the site serves", async () => {
  const targets = new Set<string>();
  for (const { address } of pages) {
    const html = await (await fetch(server.url + address)).text();
    for (const [, target = ""] of html.matchAll(/(?:href|src|srcset)="(\/docs[^"#]*)/g)) targets.add(target);
  }
  const answers = await Promise.all([...targets].map(async (target) => await fetch(server.url + target)));

  expect(answers.filter(({ status }) => status !== 200).map(({ url }) => url)).toEqual([]);
  expect(targets.size).toBeGreaterThan(pages.length);
});

test("an address without a page is a 404 of the site, and none of the dashboard's", async () => {
  const lost = await fetch(`${server.url}/docs/users/nothing-here`);
  expect(lost.status).toBe(404);
  expect(await lost.text()).toContain("No such page");

  const dashboard = await fetch(`${server.url}/campaigns/nothing-here`);
  expect(dashboard.status).toBe(200);
  expect(await dashboard.text()).toContain('<div id="app">');
});

test.each([
  { theme: "dark", width: 1440 },
  { theme: "light", width: 390 },
] as const)(
  "in $theme, $width pixels wide, nothing overflows, the policy of the site holds and axe finds nothing",
  async ({ theme, width }) => {
    const { page, errors } = await open("/docs/", { colorScheme: theme, viewport: { width, height: 900 } });
    const faults: string[] = [];
    for (const address of LOOKED_AT) {
      await page.goto(address);
      // Run by the browser itself: the policy would refuse an element.
      await page.evaluate(axe.source);
      faults.push(...(await page.evaluate(findFaults)).map((fault) => `${address}: ${fault}`));
    }

    expect(faults).toEqual([]);
    expect(errors).toEqual([]);
  },
);

/** In the page: what axe finds, and by how much the page is wider than its window. */
async function findFaults(): Promise<string[]> {
  const runner = (globalThis as unknown as { axe: typeof axe }).axe;
  const { violations } = await runner.run(document, { resultTypes: ["violations"] });
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
  );
  const over = document.documentElement.scrollWidth - innerWidth;
  return over > 0 ? [...found, `wider than its window by ${over}`] : found;
}

test("works without a script: pages, the theme of the system, and the list of pages on a phone", async () => {
  const { page } = await open("/docs/users/spend", {
    javaScriptEnabled: false,
    colorScheme: "dark",
    viewport: { width: 390, height: 800 },
  });
  expect(await page.locator("#search").isVisible()).toBe(false);
  expect(await page.locator("#theme").isVisible()).toBe(false);

  await page.getByRole("link", { name: "Menu" }).click();
  await page.getByRole("link", { name: "Reports", exact: true }).click();
  expect(page.url()).toBe(`${server.url}/docs/users/reports`);
  expect(await page.locator("h1").textContent()).toContain("Reports");
  const background = page.locator("body");
  expect(await background.evaluate((body) => getComputedStyle(body).backgroundColor)).toBe("rgb(19, 26, 34)");
});

test("finds a page by words, walks the results by keyboard, and says when there is nothing", async () => {
  const { page, errors } = await open("/docs/");
  await page.keyboard.press("/");
  await page.keyboard.type("cookieless");
  const results = page.locator("#search-results a");
  await results.first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/docs\/.+/);
  expect(await page.locator("article").textContent()).toMatch(/cookieless/i);

  await page.keyboard.press("/");
  await page.keyboard.type("zebra crossing");
  await page.getByText("Nothing found.").waitFor();
  expect(errors).toEqual([]);
});

test("keeps the theme that was chosen, and copies code as it stands", async () => {
  const { page } = await open("/docs/users/installing-the-pixel", {
    permissions: ["clipboard-read", "clipboard-write"],
  });
  await page.getByRole("button", { name: "Dark theme" }).click();
  await page.reload();
  expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBe("dark");

  const block = page.locator("figure.code").first();
  await block.hover();
  await block.getByRole("button").click();
  const copied = await page.evaluate(async () => await navigator.clipboard.readText());
  expect(copied).toBe(await block.locator("code").textContent());
});

test("the dashboard's menu leads to it, as to another page", async () => {
  const dashboard = await startDashboard();
  onTestFinished(async () => await dashboard.close());
  const { page, origin } = await dashboard.open("/");
  await page
    .getByRole("button", { name: /^Account/ })
    .first()
    .click();
  const left = page.waitForRequest((request) => request.isNavigationRequest());
  await page.getByRole("menuitem", { name: "Documentation" }).click();

  expect((await left).url()).toBe(`${origin}/docs/`);
});

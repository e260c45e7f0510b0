import type { BrowserContext, Page, Route } from "playwright-core";
import { vi } from "vitest";
import { openBrowser, type TestBrowser } from "#tests/support/open-browser.ts";
import type { GuideStage } from "./guide-stage.ts";

const SHOP = "https://shop.example/";
const COLLECT = "https://collect.example.com";

/** What collect was sent by a page: an event's type, or `image`, and the visitor whose it is. */
export type Sent = { type: string; event: Record<string, unknown>; visitor: string | undefined };

/** One browser for all pages of the guides; each page has a context of its own. */
export type ShopBrowser = {
  /** Opens a page of the shop with this HTML in it; `act` does what a visitor would. Waits until it has sent so much. */
  visit(html: string, count: number, act?: (page: Page) => Promise<void>): Promise<Sent[]>;
  close(): Promise<void>;
};

export async function startShopBrowser(stage: GuideStage): Promise<ShopBrowser> {
  const browser = await openBrowser();
  return {
    visit: async (html, count, act) => await visit(stage, { browser, html, count, act }),
    close: async () => await browser.close(),
  };
}

type Visit = {
  browser: TestBrowser;
  html: string;
  count: number;
  act?: ((page: Page) => Promise<void>) | undefined;
};

async function visit(stage: GuideStage, { browser, html, count, act }: Visit): Promise<Sent[]> {
  const context = await browser.newContext();
  const sent: Sent[] = [];
  const errors: string[] = [];
  context.on("weberror", (error) => errors.push(error.error().message));
  await context.route("**/*", (route) => void answer(stage, route, { html, sent, errors }));
  try {
    const page = await openShop(context);
    await act?.(page);
    await vi.waitFor(
      () => {
        if (errors.length > 0) return;
        if (sent.length < count) throw new Error(`The page has sent ${JSON.stringify(sent)}`);
      },
      { timeout: 15_000, interval: 20 },
    );
    if (errors.length > 0) throw new Error(errors.join("\n"));
    return sent;
  } finally {
    await context.close();
  }
}

async function openShop(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(SHOP);
  return page;
}

type Shown = { html: string; sent: Sent[]; errors: string[] };

/** The shop's page, and collect itself at the address that the guides give it; nothing else is there. */
async function answer(stage: GuideStage, route: Route, { html, sent, errors }: Shown): Promise<void> {
  const request = route.request();
  const { origin, pathname, search } = new URL(request.url());
  if (origin !== COLLECT) {
    // A form or link of the page leads to one that sends nothing of its own.
    const body = `<!doctype html><title>Shop</title>${request.url() === SHOP ? html : ""}`;
    await route.fulfill({ contentType: "text/html; charset=utf-8", body });
    return;
  }
  const text = request.postData();
  const reply = await stage.stack.collect(pathname + search, {
    method: request.method(),
    headers: await request.allHeaders(),
    ...(text === null ? {} : { body: text }),
  });
  if (pathname === "/e" && request.method() === "POST") {
    if (reply.status === 202) sent.push(...eventsOf(text ?? ""));
    else errors.push(`collect answered ${reply.status} to ${text}`);
  }
  if (pathname === "/e.gif") sent.push({ type: imageType(reply), event: {}, visitor: undefined });
  await route.fulfill({
    status: reply.status,
    headers: Object.fromEntries(reply.headers),
    body: Buffer.from(await reply.arrayBuffer()),
  });
}

function eventsOf(body: string): Sent[] {
  const { events, visitor } = JSON.parse(body) as {
    events: (Record<string, unknown> & { type: string })[];
    visitor?: string;
  };
  return events.map((event) => ({ type: event.type, event, visitor }));
}

function imageType(reply: Response): string {
  return reply.headers.get("x-waymark-refused") ?? "image";
}

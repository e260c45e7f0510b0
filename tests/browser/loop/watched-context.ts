import type { BrowserContext, CDPSession, Page, Request } from "playwright-core";
import type { TestBrowser } from "#tests/support/open-browser.ts";

/** A step that takes longer than this has failed. */
const STEP_TIMEOUT_MS = 15_000;

export type Sent = { url: string; method: string; body: string | null };

export type WatchedContext = {
  context: BrowserContext;
  newPage(): Promise<Page>;
  /** What a page must not have: errors in its console, exceptions, refused or failed requests. */
  complaints: string[];
  /** Questions of the browser whether it may ask, each of which costs a visitor a round trip. */
  preflights: string[];
  /** Every request of its pages, in order. */
  sent: Sent[];
};

/** A browser of its own, as another person's, whose pages are watched for everything that must not happen. */
export async function openWatchedContext(browser: TestBrowser): Promise<WatchedContext> {
  const userAgent = await personsAgent(browser);
  const context = await browser.newContext({
    locale: "en-IE",
    viewport: { width: 1280, height: 900 },
    userAgent,
  });
  context.setDefaultTimeout(STEP_TIMEOUT_MS);
  const watched: WatchedContext = {
    context,
    newPage: async () => {
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      await hideWindowlessness(session, userAgent);
      await watchPreflights(session, watched);
      return page;
    },
    complaints: [],
    preflights: [],
    sent: [],
  };
  watch(context, watched);
  return watched;
}

/** What a person would see, for the log of a failed test. */
export async function describePage(page: Page): Promise<string> {
  return `${page.url()}\n${await page.locator("body").innerText()}`;
}

/** It says so in its client hints, too, which the context's user agent leaves as they are. */
async function hideWindowlessness(session: CDPSession, userAgent: string): Promise<void> {
  const version = /Chrome\/(\d+)/.exec(userAgent)?.[1] ?? "";
  await session.send("Emulation.setUserAgentOverride", {
    userAgent,
    userAgentMetadata: {
      brands: [{ brand: "Chromium", version }],
      platform: "Linux",
      platformVersion: "",
      architecture: "x86",
      model: "",
      mobile: false,
    },
  });
}

/** A browser without a window says so in its name, and collect counts such visitors as bots, as it should. */
async function personsAgent(browser: TestBrowser): Promise<string> {
  const page = await browser.newPage();
  const agent = await page.evaluate(() => navigator.userAgent);
  await page.close();
  return agent.replace("HeadlessChrome", "Chrome");
}

function watch(context: BrowserContext, { complaints, sent }: WatchedContext): void {
  context.on("console", (message) => {
    const isComplaint = message.type() === "error" || message.type() === "warning";
    if (isComplaint) complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => complaints.push(`exception: ${error.error().message}`));
  context.on("request", (request) => {
    sent.push({ url: request.url(), method: request.method(), body: request.postData() });
  });
  context.on("requestfailed", (request) => {
    if (!isLeftBehind(request)) complaints.push(`failed: ${request.failure()?.errorText} ${request.url()}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
}

/** The person went on to another page before the answer came. Whether it had arrived, the ledger tells. */
function isLeftBehind(request: Request): boolean {
  return request.failure()?.errorText === "net::ERR_ABORTED";
}

/** Preflights are the network service's own: only the browser's protocol tells of them. */
async function watchPreflights(session: CDPSession, { preflights }: WatchedContext): Promise<void> {
  session.on("Network.requestWillBeSent", ({ request, type }) => {
    if (type === "Preflight" || request.method === "OPTIONS") preflights.push(request.url);
  });
  await session.send("Network.enable");
}

import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, chromium } from "playwright-core";
import { memoryFolder } from "./memory-folder.ts";

/** Without them Chromium looks for its maker's servers, many at a time, on a machine that may have no network. */
const QUIET = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

const INSTALLED: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"],
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ],
  win32: [
    String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
    String.raw`C:\Program Files (x86)\Google\Chrome\Application\chrome.exe`,
  ],
};

/**
 * Playwright has Chromium keep what its processes share in files, because containers often have little memory for it. Where
 * there is plenty, a page takes a twelfth less work.
 */
const SHARES_FILES = "--disable-dev-shm-usage";

/** Contexts of a browser; closing ends them, and nobody else's. */
export type TestBrowser = Pick<Browser, "newContext" | "newPage"> & { close(): Promise<void> };

/**
 * Chromium gives each document a frame of its own, and memory of its own to draw it in, also where it follows another one of
 * the same site. For a tab that shows hundreds of screens one after the other that is a third of the work.
 */
const KEEPS_FRAMES = "--disable-features=RenderDocument,ProactivelySwapBrowsingInstance";

/** `pages` are left, and followed by others, as people's are; `screens` are looked at, whatever was there before them. */
const SWITCHES = { pages: [], screens: [KEEPS_FRAMES] } as const;
type Shown = keyof typeof SWITCHES;

const launched = new Map<Shown, Promise<Browser>>();

/**
 * A real Chromium: CHROME_PATH, else the one inside the npm package (linux x64), else an installed one. The files of a
 * process share it, each with contexts of its own, which know nothing of each other; it ends with the process.
 */
export async function openBrowser(shown: Shown = "pages"): Promise<TestBrowser> {
  const launching = launched.get(shown) ?? launch(SWITCHES[shown]);
  launched.set(shown, launching);
  const browser = await launching;
  const opened: BrowserContext[] = [];
  return {
    async newContext(options) {
      const context = await browser.newContext(options);
      opened.push(context);
      return context;
    },
    async newPage(options) {
      const page = await browser.newPage(options);
      opened.push(page.context());
      return page;
    },
    async close() {
      for (const context of opened.splice(0)) await context.close();
    },
  };
}

async function launch(switches: readonly string[]): Promise<Browser> {
  const { executablePath, args } = await findBrowser();
  const hasMemory = (await memoryFolder()) !== undefined;
  return await chromium.launch({
    executablePath,
    args: [...args, ...QUIET, ...switches],
    ignoreDefaultArgs: hasMemory ? [SHARES_FILES] : [],
    headless: true,
  });
}

type Found = { executablePath: string; args: string[] };

async function findBrowser(): Promise<Found> {
  const named = process.env["CHROME_PATH"];
  if (named !== undefined && named !== "") {
    if (!existsSync(named)) throw new Error(`No browser: CHROME_PATH names ${named}, which does not exist.`);
    return { executablePath: named, args: sandboxArgs() };
  }
  if (process.platform === "linux" && process.arch === "x64") return await packagedBrowser();

  const installed = (INSTALLED[process.platform] ?? []).find((path) => existsSync(path));
  if (installed !== undefined) return { executablePath: installed, args: sandboxArgs() };
  throw new Error(
    "No browser for the browser tests. Install Chrome or Chromium, or name one in CHROME_PATH.",
  );
}

async function packagedBrowser(): Promise<Found> {
  const { default: packaged } = await import("@sparticuz/chromium");
  return { executablePath: await packaged.executablePath(), args: sandboxArgs() };
}

/** Chromium's sandbox needs rights that containers and root do not give it; it opens our own pages only. */
function sandboxArgs(): string[] {
  return process.platform === "linux" ? ["--no-sandbox"] : [];
}

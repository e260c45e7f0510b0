import { requestUrl, forward } from "#scripts/stack/http/forward.ts";
import { listenHttp, type ListeningServer } from "#scripts/stack/http/http-server.ts";
import { APP_ORIGIN, COLLECT_ORIGIN } from "#tests/support/start-workers.ts";
import { SHOP } from "#tests/workers/api/people.ts";
import { type ReportStack, sharedReportStack, signUpConfirmed } from "#tests/workers/api/reports-stack.ts";
import { moveTime, weeksSinceWritten } from "./move-time.ts";

/** The names that the guides have for an installation. */
const GUIDES_APP = "https://app.example.com";
const GUIDES_COLLECT = "https://collect.example.com";

const SCOPES = ["events:write", "events:read", "analytics:read", "campaigns:write", "reports:write"];

export type GuideStage = {
  stack: ReportStack;
  /** What a guide says, with the time of this run. */
  today(text: string): string;
  /** The same, with the addresses of this run. */
  localise(text: string): string;
  /** What the Workers say, with the addresses and the time of the guides. */
  generalise(text: string): string;
  collectUrl: string;
  /** An account of its own with the guides' shop in it, and a key with all scopes. */
  addAccount(): Promise<GuideAccount>;
  close(): Promise<void>;
};
export type GuideAccount = { key: string; siteId: string; siteKey: string };

/** The three Workers behind real addresses, so that any program can talk to them. */
export async function startGuideStage(): Promise<GuideStage> {
  const stack = await sharedReportStack();
  const app = await serve(async (path, init) => await stack.fetch(path, init));
  const collect = await serve(async (path, init) => await stack.collect(path, init));
  const weeks = weeksSinceWritten(Date.now());
  return {
    stack,
    collectUrl: collect.url,
    today: (text) => moveTime(text, weeks),
    localise: (text) =>
      moveTime(text, weeks).replaceAll(GUIDES_APP, app.url).replaceAll(GUIDES_COLLECT, collect.url),
    generalise: (text) =>
      moveTime(text, -weeks)
        .replaceAll(APP_ORIGIN, GUIDES_APP)
        .replaceAll(COLLECT_ORIGIN, GUIDES_COLLECT)
        .replaceAll(app.url, GUIDES_APP)
        .replaceAll(collect.url, GUIDES_COLLECT),
    addAccount: async () => await addAccount(stack),
    close: async () => void (await Promise.all([app.close(), collect.close()])),
  };
}

async function serve(
  fetchWorker: (path: string, init: RequestInit) => Promise<Response>,
): Promise<ListeningServer> {
  return await listenHttp(async (request, response) => {
    const { pathname, search } = requestUrl(request);
    await forward(request, response, async (_, init) => await fetchWorker(pathname + search, init));
  }, 0);
}

async function addAccount(stack: ReportStack): Promise<GuideAccount> {
  const owner = await signUpConfirmed(stack);
  const site = await owner.ask("POST /api/v1/sites", SHOP);
  const key = await owner.ask("POST /api/v1/api-keys", { name: "Guide", scopes: SCOPES });
  return {
    key: String(key.body["key"]),
    siteId: String(site.body["id"]),
    siteKey: String(site.body["key"]),
  };
}

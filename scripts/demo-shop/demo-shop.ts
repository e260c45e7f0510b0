import type { IncomingMessage, ServerResponse } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { requestUrl } from "#scripts/stack/http/forward.ts";
import { listenHttp, type ListeningServer, sendText } from "#scripts/stack/http/http-server.ts";
import { findStaticFile, sendStaticFile } from "#scripts/stack/http/static-files.ts";
import { CATALOGUE, type Product } from "./catalogue.ts";
import { checkoutPage, homePage, notFoundPage, productPage, type Snippet, thankYouPage } from "./pages.ts";

const PUBLIC = join(dirname(fileURLToPath(import.meta.url)), "public");
const SITE_COOKIE = "shop_site";
const SITE_KEY = /^[\w-]{1,80}$/;

export type DemoShop = ListeningServer & {
  /** The site whose snippet the pages carry, unless `?site=` named another one. */
  setSite(siteKey: string): void;
};

/** A shop on an origin of its own, as a customer's would be. `?site=KEY` sets the site for this browser. */
export async function startDemoShop(options: { collectOrigin: string; port: number }): Promise<DemoShop> {
  let ownSite = process.env["DEMO_SITE_KEY"];
  const listening = await listenHttp(async (request, response) => {
    const siteKey = chosenSite(request, response) ?? ownSite;
    await answer(request, response, { collectOrigin: options.collectOrigin, siteKey });
  }, options.port);

  return {
    ...listening,
    setSite(siteKey) {
      ownSite = siteKey;
    },
  };
}

function chosenSite(request: IncomingMessage, response: ServerResponse): string | undefined {
  const asked = requestUrl(request).searchParams.get("site");
  if (asked !== null && SITE_KEY.test(asked)) {
    response.setHeader("set-cookie", `${SITE_COOKIE}=${asked}; Path=/; SameSite=Lax`);
    return asked;
  }
  const cookie = new RegExp(`(?:^|; )${SITE_COOKIE}=([\\w-]+)`).exec(request.headers.cookie ?? "");
  return cookie?.[1];
}

async function answer(request: IncomingMessage, response: ServerResponse, snippet: Snippet): Promise<void> {
  const page = renderPage(requestUrl(request), snippet);
  if (page !== undefined) {
    sendPage(response, 200, page);
    return;
  }
  const file = await findStaticFile(PUBLIC, request);
  if (file === undefined) sendPage(response, 404, notFoundPage(snippet));
  else sendStaticFile(request, response, { ...file, headers: { "cache-control": "no-cache" } });
}

function renderPage(url: URL, snippet: Snippet): string | undefined {
  const [, folder = "", slug] = url.pathname.split("/");
  switch (folder) {
    case "":
      return homePage(snippet);
    case "product":
      return findProduct(slug) && productPage(findProduct(slug) as Product, snippet);
    case "checkout":
      return checkoutPage(
        findProduct(url.searchParams.get("product") ?? "") ?? (CATALOGUE[0] as Product),
        snippet,
      );
    case "thank-you":
      return thankYouPage(snippet);
    default:
      return undefined;
  }
}

function findProduct(slug: string | undefined): Product | undefined {
  return CATALOGUE.find((product) => product.slug === slug);
}

function sendPage(response: ServerResponse, status: number, html: string): void {
  sendText(
    response,
    status,
    { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
    html,
  );
}

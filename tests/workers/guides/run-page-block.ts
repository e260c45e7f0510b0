import type { Page } from "playwright-core";
import { differences } from "./compare-answer.ts";
import type { DocBlock } from "./doc-blocks.ts";
import type { GuideAccount, GuideStage } from "./guide-stage.ts";
import type { Sent, ShopBrowser } from "./shop-browser.ts";

const SNIPPET =
  '<script defer src="https://collect.example.com/attribution.js" data-site="wms_…" data-identity="first-party"></script>';

type ShownBlock = { browser: ShopBrowser; block: DocBlock; account: GuideAccount };

/**
 * Runs a block of a page in the browser: HTML as it stands, a custom pixel of Shopify in a sandbox with Shopify's names.
 * `sends` names the events that collect has to take; `with="snippet"` puts the snippet on the page;
 * `visitor` asks that all are one visitor's; `click` names what the visitor clicks, `fires` an event of the page with what it tells. An answer is the event
 * of its type.
 */
export async function runPageBlock(stage: GuideStage, shown: ShownBlock): Promise<string[]> {
  const { browser, block, account } = shown;
  const { sends = "", click, fires, run } = block.marks;
  const wanted = sends
    .split(/[\s,]+/)
    .filter(Boolean)
    .toSorted();
  const code = withKeys(stage.today(block.code), account);
  const snippet = block.marks["with"] === "snippet" ? withKeys(SNIPPET, account) : "";
  const html = run === "shopify" ? sandboxed(snippet, code) : `${snippet}${code}`;
  const sent = await browser.visit(html, wanted.length, async (page) => {
    if (click !== undefined) await page.locator(click).first().click();
    if (fires !== undefined) await fire(page, fires);
  });
  if ("visitor" in block.marks && !isOneVisitor(sent)) return ["its events are not one visitor's"];
  // Two requests of a page may overtake each other.
  const types = sent.map(({ type }) => type).toSorted();
  return JSON.stringify(types) === JSON.stringify(wanted)
    ? compareEvent(stage, block, sent)
    : [`it sends ${types.join(", ")}, and the guide says ${wanted.join(", ")}`];
}

function isOneVisitor(sent: readonly Sent[]): boolean {
  const [first] = sent;
  return first?.visitor !== undefined && sent.every(({ visitor }) => visitor === first.visitor);
}

/** `consent statistics=allow` is an event called consent with that detail. */
async function fire(page: Page, words: string): Promise<void> {
  const [name = "", ...told] = words.split(" ");
  const detail = Object.fromEntries(
    told.map((one) => {
      const [key = "", value = ""] = one.split("=");
      return [key, value === "true" ? true : value];
    }),
  );
  await page.evaluate((event) => document.dispatchEvent(new CustomEvent(event.name, event)), {
    name,
    detail,
  });
}

export function withKeys(text: string, { siteKey, siteId }: GuideAccount): string {
  return text
    .replaceAll("wms_…", siteKey)
    .replaceAll("site_…", siteId)
    .replaceAll("cmp_…", `cmp_${siteId.slice(5)}`);
}

function compareEvent(stage: GuideStage, { answer }: DocBlock, sent: readonly Sent[]): string[] {
  if (answer === undefined) return [];
  const wanted = JSON.parse(answer.code) as { type: string };
  const event = sent.find(({ type }) => type === wanted.type)?.event ?? {};
  return differences(wanted, JSON.parse(stage.generalise(JSON.stringify(event))));
}

/** A frame without an origin, as Shopify runs a custom pixel, once the page has its visitor. */
function sandboxed(snippet: string, code: string): string {
  const frame = `<!doctype html><script>${SHOPIFY}\n${code}\nsubscribed.forEach((tell) => tell(ORDER));</script>`;
  const source = JSON.stringify(frame).replaceAll("</", String.raw`<\/`);
  return `${snippet}<script>
addEventListener("message", ({ data: name, source }) => source.postMessage([localStorage.getItem(name)], "*"));
const waiting = setInterval(() => {
  if (localStorage.getItem("waymark") === null) return;
  clearInterval(waiting);
  const frame = document.createElement("iframe");
  frame.sandbox = "allow-scripts";
  frame.srcdoc = ${source};
  document.body.append(frame);
}, 10);
</script>`;
}

/** What Shopify gives a custom pixel, as far as the guide uses it; `ORDER` is an order as Shopify tells it. */
const SHOPIFY = `
const subscribed = [];
const analytics = { subscribe: (name, tell) => name === "checkout_completed" && subscribed.push(tell) };
const browser = { localStorage: { getItem: (name) => new Promise((resolve) => {
  addEventListener("message", ({ data }) => resolve(data[0]), { once: true });
  parent.postMessage(name, "*");
}) } };
const ORDER = {
  id: "sh-1", name: "checkout_completed", timestamp: new Date().toISOString(),
  context: { document: { location: { href: "https://shop.example/checkouts/cn/abc/thank-you" } } },
  data: { checkout: {
    order: { id: "5550001" }, currencyCode: "EUR", totalPrice: { amount: 49.9, currencyCode: "EUR" },
    discountApplications: [{ type: "DISCOUNT_CODE", title: "SPRING" }],
  } },
};`;

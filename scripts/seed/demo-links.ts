import { systemIds } from "#platform/ids.ts";
import type { Stack } from "#scripts/stack/stack.ts";
import type { DemoEvent } from "./demo-events.ts";
import { DEMO_CAMPAIGNS, type DemoLink } from "./demo-plan.ts";

const PHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";
/** One in so many goes away before the page is there, and one in so many buys. */
const LOST = 5;
const BUYS = 4;

/**
 * Follows the demo's short links as people do: a click is what the link itself counts, and no import can say it. Answers
 * what those people do on the page that it leads to, to be imported.
 */
export async function followLinks({ collectOrigin }: Pick<Stack, "collectOrigin">): Promise<DemoEvent[]> {
  const events: DemoEvent[] = [];
  for (const { shortLink } of DEMO_CAMPAIGNS) {
    if (shortLink?.followers === undefined) continue;
    for (let n = 1; n <= shortLink.followers; n += 1) {
      const url = await follow(collectOrigin, shortLink);
      if (n % LOST > 0)
        events.push(...visit({ url, orderId: n % BUYS > 0 ? null : `HC-${shortLink.slug}-${n}` }));
    }
  }
  return events;
}

/** Where it leads. */
async function follow(collectOrigin: string, { slug }: DemoLink): Promise<string> {
  const link = `${collectOrigin}/r/${slug}`;
  const answer = await fetch(link, { redirect: "manual", headers: { "user-agent": PHONE } });
  const url = answer.headers.get("location");
  if (answer.status !== 302 || url === null) throw new Error(`Cannot follow ${link}: ${answer.status}`);
  return url;
}

function visit({ url, orderId }: { url: string; orderId: string | null }): DemoEvent[] {
  const at = Date.now();
  const visitor = systemIds.uuid7(new Date(at));
  const stamp = () => ({ id: systemIds.uuid7(new Date(at)), at, visitor, url });
  const landing = { ...stamp(), type: "pageview" };
  if (orderId === null) return [landing];
  const conversion = { type: "purchase", value: "24.80", currency: "EUR", orderId };
  return [landing, { ...stamp(), type: "conversion", conversion }];
}

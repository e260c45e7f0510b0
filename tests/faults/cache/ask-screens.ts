import { siteDay, addDays } from "#core/time/site-day.ts";
import { makeUuidV7 } from "#core/events/uuid-v7.ts";
import type { Stack } from "#scripts/stack/stack.ts";
import type { WaymarkClient } from "#scripts/client/waymark-client.ts";
import type { FaultSite } from "#tests/faults/proof/fault-site.ts";

const ZONE = "Asia/Kolkata";
const DAY_MS = 86_400_000;

export type ScreenAnswer = { path: string; orders: number; cache: string | null; tookMs: number };
export type Shopkeeper = {
  /** One more order of yesterday, rolled up. */
  sell(): Promise<void>;
  /** Each screen of yesterday: how many orders it tells, where it had them from, how long it took. */
  ask(): Promise<ScreenAnswer[]>;
  readiness(): Promise<string>;
};

/** Somebody who sells on a site and looks at its screens, by cookie as a browser does. */
export async function openShop(stack: Stack, client: WaymarkClient, site: FaultSite): Promise<Shopkeeper> {
  const { key } = await client.request<{ key: string }>("POST", "/api-keys", {
    name: "Till",
    scopes: ["events:write"],
  });
  const till = client.withKey(key);
  const yesterdayMs = Date.now() - DAY_MS;
  const day = siteDay(yesterdayMs, ZONE);
  const range = `from=${addDays(day, -3)}&to=${day}`;
  let sold = 0;
  return {
    async sell() {
      sold += 1;
      const id = makeUuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
      const conversion = { value: "10.00", orderId: `order-${site.siteId}-${sold}` };
      const event = { id, at: yesterdayMs, type: "conversion", url: "https://shop.example/", conversion };
      await till.request("POST", "/events", { siteId: site.id, events: [event] });
      await stack.workers.runCron("* * * * *");
    },
    ask: async () => [
      await timed(`/sites/${site.id}/analytics?${range}`, (body) => body["kpis"]),
      await timed(`/sites/${site.id}/breakdown?${range}&dimension=channel`, (body) => body["total"]),
      await timed(`/sites/${site.id}/attribution?${range}`, (body) => body["totals"]),
      await timed(`/sites/${site.id}/journeys?${range}`, (body) => body["totals"]),
    ],
    async readiness() {
      const answer = await stack.workers.fetch("api", `${stack.appOrigin}/readyz`);
      return ((await answer.json()) as { status: string }).status;
    },
  };

  async function timed(
    path: string,
    totals: (body: Record<string, unknown>) => unknown,
  ): Promise<ScreenAnswer> {
    const startedMs = performance.now();
    const { body, headers } = await client.ask("GET", path);
    const tookMs = performance.now() - startedMs;
    const { conversions } = totals(body as Record<string, unknown>) as { conversions: number };
    return { path, orders: conversions, cache: headers.get("x-waymark-cache"), tookMs };
  }
}

import type { PixelEvent } from "#contract/collect.ts";
import type { Sent } from "./watched-context.ts";

/** The addresses of the page views in each beacon that carries any. */
export function pageViewsSent(sent: readonly Sent[], collectOrigin: string): string[][] {
  const beacons = sent.filter(({ method, url }) => method === "POST" && url === `${collectOrigin}/e`);
  return beacons.map(({ body }) => pageViewsIn(body ?? "")).filter((addresses) => addresses.length > 0);
}

function pageViewsIn(body: string): string[] {
  const { events } = JSON.parse(body) as { events: PixelEvent[] };
  return events.flatMap((event) => (event.type === "pageview" ? [event.url] : []));
}

import { setTimeout as pause } from "node:timers/promises";
import { systemIds } from "#platform/ids.ts";

export type HttpLoad = {
  siteKey: string;
  events: number;
  eventsABody: number;
  post: (body: string, headers: Record<string, string>) => Promise<Response>;
};

const CONNECTIONS = 16;
const EVENTS_A_VISITOR = 6;
const USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/** Page views of six to a visitor, as fast as 16 connections can; each body is sent until it is accepted. */
export async function sendEvents(load: HttpLoad): Promise<void> {
  let sent = 0;
  const connection = async (): Promise<void> => {
    while (sent < load.events) {
      const first = sent;
      sent += load.eventsABody;
      await sendUntilAccepted(load, bodyOf(load, first));
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
}

type Body = { text: string; address: string };

let visitors: string[] = [];

function bodyOf({ siteKey, events, eventsABody }: HttpLoad, first: number): Body {
  const nowMs = Date.now();
  const number = Math.floor(first / EVENTS_A_VISITOR);
  if (first === 0) visitors = [];
  const visitor = (visitors[number] ??= systemIds.uuid7(new Date(nowMs)));
  const count = Math.min(eventsABody, events - first);
  const text = JSON.stringify({
    v: 1,
    site: siteKey,
    sentAt: nowMs,
    visitor,
    events: Array.from({ length: count }, (_, index) => ({
      id: systemIds.uuid7(new Date(nowMs)),
      at: nowMs - (count - index) * 1000,
      type: "pageview",
      url: `https://shop.example/products/category-${first % 40}/a-product-of-some-length-${(first + index) % 2000}`,
    })),
  });
  // A visitor has an address of their own, or the brake on addresses would be measured.
  return { text, address: `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}` };
}

async function sendUntilAccepted({ post }: HttpLoad, { text, address }: Body): Promise<void> {
  const headers = { "content-type": "text/plain", "user-agent": USER_AGENT, "cf-connecting-ip": address };
  for (;;) {
    const response = await post(text, headers);
    await response.arrayBuffer();
    if (response.status === 202) return;
    if (response.status !== 503) throw new Error(`Collect answered ${response.status}`);
    await pause(Number(response.headers.get("retry-after") ?? 1) * 1000);
  }
}

import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Site } from "#contract/sites.ts";
import type { Ledger } from "#contract/sites.ts";
import { systemIds } from "#platform/ids.ts";
import { signIn, type WaymarkClient } from "#scripts/client/waymark-client.ts";
import { type Stack, startStack } from "#scripts/stack/stack.ts";

/** Five seconds in `npm test`, a minute in the soak. */
const IS_SOAK = process.env["SOAK"] === "1";
const OUTAGE_MS = IS_SOAK ? 60_000 : 5_000;
const BODIES_A_SECOND = 60;
const LOAD_MS = OUTAGE_MS + 4_000;
const KILLED_AFTER_MS = 2_000;
const ARRIVED_WITHIN_MS = IS_SOAK ? 300_000 : 90_000;

let stack: Stack;
let client: WaymarkClient;
let site: Site;

beforeAll(async () => {
  stack = await startStack({ persist: false });
  const login = { email: "fault@waymark.example", password: "a-long-password" };
  client = await signIn(stack.appOrigin, login, { name: "Fault", accountName: "Fault" });
  site = await client.request<Site>("POST", "/sites", {
    name: "Fault",
    domain: "shop.example",
    timeZone: "UTC",
    currency: "EUR",
  });
});

afterAll(async () => {
  await stack.stop();
});

const pause = async (ms: number): Promise<void> => await new Promise((resolve) => setTimeout(resolve, ms));

/** Sends one body of three events; answers the ids that collect took responsibility for, and all that were sent. */
async function sendBody(): Promise<{ sent: string[]; accepted: string[] }> {
  const now = Date.now();
  const ids = [0, 1, 2].map(() => systemIds.uuid7(new Date(now)));
  const events = ids.map((id) => ({
    id,
    at: now,
    type: "pageview",
    url: "https://shop.example/?utm_source=load",
  }));
  const body = JSON.stringify({
    v: 1,
    site: site.key,
    sentAt: now,
    visitor: systemIds.uuid7(new Date(now)),
    events,
  });
  const headers = {
    "content-type": "text/plain",
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
  };
  const response = await fetch(`${stack.collectOrigin}/e`, { method: "POST", headers, body });
  await response.arrayBuffer();
  return { sent: ids, accepted: response.status === 202 ? ids : [] };
}

async function stored(): Promise<string[]> {
  const database = new Client({ connectionString: stack.databaseUrl });
  await database.connect();
  try {
    const { rows } = await database.query<{ event_id: string }>("select event_id from site.events");
    return rows.map((row) => row.event_id);
  } finally {
    await database.end();
  }
}

it("loses nothing and doubles nothing when Postgres is killed under load and comes back", async () => {
  const sending: ReturnType<typeof sendBody>[] = [];
  const startedMs = Date.now();
  const outage = (async () => {
    await pause(KILLED_AFTER_MS);
    await stack.postgres?.kill();
    await pause(OUTAGE_MS);
    await stack.postgres?.start();
  })();
  while (Date.now() - startedMs < LOAD_MS) {
    sending.push(sendBody());
    await pause(1_000 / BODIES_A_SECOND);
  }
  const bodies = await Promise.all(sending);
  await outage;
  const accepted = bodies.flatMap((body) => body.accepted);
  expect(accepted.length).toBeGreaterThan(100);

  const deadline = Date.now() + ARRIVED_WITHIN_MS;
  let present = await stored();
  while (present.length < accepted.length && Date.now() < deadline) {
    await pause(500);
    present = await stored();
  }
  const found = new Set(present);
  expect(accepted.filter((id) => !found.has(id))).toEqual([]);
  expect(present).toHaveLength(found.size);
  const sent = new Set(bodies.flatMap((body) => body.sent));
  expect(present.filter((id) => !sent.has(id))).toEqual([]);

  const from = new Date(Date.now() - 7_200_000).toISOString();
  const to = new Date(Date.now() + 7_200_000).toISOString();
  const ledger = await client.request<Ledger>("GET", `/sites/${site.id}/ledger?from=${from}&to=${to}`);
  expect(ledger).toMatchObject({ isBalanced: true, totals: { stored: present.length, deadLettered: 0 } });
});

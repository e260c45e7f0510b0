import { setTimeout as pause } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { Client } from "pg";
import { expect } from "vitest";
import type { Ledger } from "#contract/sites.ts";
import type { WaymarkClient } from "#scripts/client/waymark-client.ts";
import { EVERY_MINUTE } from "#scripts/stack/workers/cron-ticker.ts";
import { recount, rolledUp } from "./recount.ts";
import type { FaultSite } from "./fault-site.ts";
import { withClient } from "./with-client.ts";

/** Six times what it takes on a machine that is busy with something else. */
const ARRIVES_WITHIN_MS = process.env["SOAK"] === "1" ? 600_000 : 90_000;
const LOOK_EVERY_MS = 250;
const HOUR_MS = 3_600_000;

export type Proving = {
  databaseUrl: string;
  client: WaymarkClient;
  site: FaultSite;
  runCron: (cron: string) => Promise<unknown>;
  /** How long to wait for what is missing. */
  arrivesWithinMs?: number;
};

/** Ids that were made, and those of them that somebody answers for: collect by a 2xx, or whoever still holds them. */
export type Counted = { sent: ReadonlySet<string>; accepted: ReadonlySet<string> };

export type Losses = {
  /** Answered 2xx, and not there. */
  lost: string[];
  /** There more than once. */
  doubled: string[];
  /** There, and never sent. */
  strange: string[];
};

/** Looks every id up that the sender was answered for. */
export async function findLosses(client: Client, site: FaultSite, sender: Counted): Promise<Losses> {
  const { rows } = await client.query<{ id: string; copies: number }>(
    "select event_id as id, count(*)::int as copies from site.events where site_id = $1 group by 1",
    [site.siteId],
  );
  const found = new Set(rows.map(({ id }) => id));
  return {
    lost: [...sender.accepted].filter((id) => !found.has(id)),
    doubled: rows.filter(({ copies }) => copies > 1).map(({ id }) => id),
    strange: rows.map(({ id }) => id).filter((id) => !sender.sent.has(id)),
  };
}

/**
 * Nothing the sender made is lost or doubled, the rollups are what the raw events say, and the ledger balances: once
 * all has arrived, which is waited for. Call it when the fault is over and the sender has nothing left.
 */
export async function expectAllAccountedFor(proving: Proving, sender: Counted): Promise<void> {
  expect([...sender.sent].filter((id) => !sender.accepted.has(id))).toEqual([]);
  await withClient(proving.databaseUrl, async (client) => {
    const losses = await settle(proving, {
      look: async () => await findLosses(client, proving.site, sender),
      isAsWished: ({ lost }) => lost.length === 0,
    });
    expect(losses, `of ${sender.accepted.size} ids`).toEqual({ lost: [], doubled: [], strange: [] });
    await expectFigures(proving, client);
  });
  await expectLedger(proving, sender);
}

async function expectFigures(proving: Proving, client: Client): Promise<void> {
  const { site } = proving;
  const compared = await settle(proving, {
    look: async () => ({ rolled: await rolledUp(client, site.siteId), counted: await recount(client, site) }),
    isAsWished: ({ rolled, counted }) => isDeepStrictEqual(rolled, counted),
  });
  expect(Object.keys(compared.counted).length).toBeGreaterThan(0);
  expect(compared.rolled).toEqual(compared.counted);
}

/** Each id once as stored; whatever came again, by the sender's or by the queue's doing, as a duplicate or not at all. */
async function expectLedger({ client, site }: Proving, sender: Counted): Promise<void> {
  const span = [-3, 3].map((hours) => new Date(Date.now() + hours * HOUR_MS).toISOString());
  const path = `/sites/${site.id}/ledger?from=${span[0]}&to=${span[1]}`;
  const ledger = await client.request<Ledger>("GET", path);
  expect(ledger.isBalanced).toBe(true);
  const { received, stored, duplicate, ...others } = ledger.totals;
  expect(stored).toBe(sender.sent.size);
  expect(received).toBe(stored + duplicate);
  expect(others).toEqual({ bot: 0, rejected: 0, deadLettered: 0 });
}

type Wish<State> = { look: () => Promise<State>; isAsWished: (state: State) => boolean };

/** The state as soon as it is as wished, or as it is when the patience is over: the assertion says what is wrong. */
async function settle<State>(
  { runCron, arrivesWithinMs = ARRIVES_WITHIN_MS }: Proving,
  { look, isAsWished }: Wish<State>,
): Promise<State> {
  const deadline = Date.now() + arrivesWithinMs;
  for (;;) {
    // It takes in what was spilled, and rolls up the hours that are stale.
    await runCron(EVERY_MINUTE);
    const state = await look();
    if (isAsWished(state) || Date.now() > deadline) return state;
    await pause(LOOK_EVERY_MS);
  }
}

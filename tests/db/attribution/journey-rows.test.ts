import { neonConfig } from "@neondatabase/serverless";
import { beforeAll, expect, it } from "vitest";

import { DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import { loadCredit } from "#db/queries/analytics/load-credit.ts";
import { waysFacts } from "#db/queries/attribution/facts-statements.ts";
import { loadGroupSteps } from "#db/queries/attribution/group-steps.ts";
import { loadFacts } from "#db/queries/attribution/load-facts.ts";
import { loadParts } from "#db/queries/attribution/load-parts.ts";
import { loadRunItems } from "#db/queries/runs/run-items.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { createSite } from "#tests/support/sites.ts";
import { loadCreditedPage, loadCreditedTotal } from "#usecases/attribution/credited-page.ts";

const { db } = await createDatabase();
const DAY = "2026-03-10";
/** The statements of each request to the database. */
let requests: string[][] = [];

beforeAll(() => {
  neonConfig.fetchFunction = async (address: string, init: RequestInit & { body: string }) => {
    const body = JSON.parse(init.body) as { query: string } | { queries: { query: string }[] };
    requests.push("queries" in body ? body.queries.map(({ query }) => query) : [body.query]);
    return await fetch(address, init);
  };
});

const READS_JOURNEYS = /\bshared_out as \(/;

it("whoever reads journeys has them joined by hashing, in the same transaction", async () => {
  const { siteId } = await createSite(db, { timeZone: "UTC" });
  const days = { siteId, from: DAY, to: DAY, lookbackDays: 30, direct: "keep" } as const;
  const question = { ...days, reset: false, type: null, customer: null, by: "channel" } as const;
  const { position, halfLifeDays, markov } = DEFAULT_OPTIONS;
  const credit = { ...question, model: "linear", position, halfLifeDays } as const;
  const group = { kind: "group", key: "email" } as const;
  const page = { ...credit, group, after: null, limit: 5 };
  const { statements } = waysFacts({ ...question, nullJourneys: true });
  const asks = {
    "the workbench": async () =>
      await loadParts(
        db,
        [
          { options: "rules", kind: "rules", question: credit },
          { options: "markov", kind: "markov", question: { ...question, markov } },
        ],
        10_000,
      ),
    "the shape of journeys": async () => await loadFacts(db, question, { statements, timeoutMs: 10_000 }),
    "credit by day": async () =>
      await loadCredit(db, { ...days, versionFrom: DAY }, [{ day: DAY, version: null, credit: null }]),
    "items of a run": async () => await loadRunItems(db, question),
    "a figure's latest items": async () => await loadCreditedPage(db, { ...page, order: "time" }),
    "a figure's largest items": async () => await loadCreditedPage(db, { ...page, order: "value" }),
    "a figure's sum": async () => await loadCreditedTotal(db, { ...page, order: "time" }),
    "a group's steps": async () => await loadGroupSteps(db, question, "email"),
  };

  const silent: string[] = [];
  const nested: string[] = [];
  for (const [name, ask] of Object.entries(asks)) {
    requests = [];
    // oxlint-disable-next-line no-await-in-loop -- whose requests they are.
    await ask();
    const reading = requests.filter((request) => request.some((query) => READS_JOURNEYS.test(query)));
    if (reading.length === 0) silent.push(name);
    if (!reading.every(isHashed)) nested.push(name);
  }
  expect({ silent, nested }).toEqual({ silent: [], nested: [] });
});

/** Whether the setting comes before the first statement that reads journeys. */
function isHashed(request: readonly string[]): boolean {
  const first = request.findIndex((query) => READS_JOURNEYS.test(query));
  return request.slice(0, first).some((query) => query.includes("'enable_nestloop', 'off'"));
}

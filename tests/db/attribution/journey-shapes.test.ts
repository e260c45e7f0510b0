import { beforeAll, describe, expect, it } from "vitest";

import { journeyPaths, journeys, type JourneyPathsReady, type JourneysReady } from "#contract/journeys.ts";
import { GROUPINGS, type Grouping } from "#core/attribution/grouping.ts";
import { DEFAULT_OPTIONS, type AttributionOptions } from "#core/attribution/options.ts";
import type { Database } from "#db/database.ts";
import { readRuleSums, ruleSums, type RuleSum } from "#db/queries/attribution/rule-sums.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { getJourneyPaths } from "#usecases/attribution/get-journey-paths.ts";
import { getJourneys } from "#usecases/attribution/get-journeys.ts";
import { journeyQuestion } from "#usecases/attribution/attribution-parts.ts";
import { createRandomSite, RANGE } from "./random-site.ts";

let db: Database;
let site: Awaited<ReturnType<typeof createRandomSite>>;

beforeAll(async () => {
  ({ db } = await createDatabase());
  site = await createRandomSite(db, { seed: 11, visitors: 120 });
});

const deps = () => ({
  databases: { named: () => db, names: () => ["main"] },
  clock: { now: () => new Date("2026-04-01T00:00:00Z") },
  workQueue: {
    send: async () => await Promise.reject(new Error("Nothing here is a job's work")),
    sendAll: async () => await Promise.reject(new Error("Nothing here is a job's work")),
  },
});

type Asked = { by: Grouping; options?: Partial<AttributionOptions> };

function input({ by, options }: Asked) {
  const question = { ...RANGE, by, options: { ...DEFAULT_OPTIONS, ...options }, type: null, customer: null };
  return { ...question, site: { ...site, database: "main" } };
}

async function shapes(asked: Asked): Promise<JourneysReady> {
  const answer = await getJourneys(deps(), input(asked));
  if (!answer.ok) throw new Error(answer.error.kind);
  const shown = journeys.parse(answer.value);
  if (shown.status !== "ready") throw new Error("Nothing is computed beside these tests");
  return shown;
}

type PathsAsked = Asked & { positions?: number; top?: number; align?: "start" | "end" };

async function paths({
  positions = 5,
  top = 6,
  align = "start",
  ...asked
}: PathsAsked): Promise<JourneyPathsReady> {
  const answer = await getJourneyPaths(deps(), { ...input(asked), positions, top, align });
  if (!answer.ok) throw new Error(answer.error.kind);
  const shown = journeyPaths.parse(answer.value);
  if (shown.status !== "ready") throw new Error("Nothing is computed beside these tests");
  return shown;
}

async function workbench({ by, options }: Asked): Promise<RuleSum[]> {
  const all = { ...DEFAULT_OPTIONS, ...options };
  const question = journeyQuestion(site.siteId, input({ by, options: all }), all.reset ?? false);
  const { position, halfLifeDays } = all;
  return readRuleSums((await db.execute(ruleSums({ ...question, position, halfLifeDays }))).rows);
}

const add = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0);
const of = (rows: readonly { conversions: number; revenueMinor: number }[]) => ({
  conversions: add(rows.map(({ conversions }) => conversions)),
  revenueMinor: add(rows.map(({ revenueMinor }) => revenueMinor)),
});

describe("the shape of journeys", () => {
  it.each(GROUPINGS)("by %s adds up to the workbench, the unattributed included", async (by) => {
    const shown = await shapes({ by, options: { direct: "exclude_unless_only", lookbackDays: 14 } });
    const rows = await workbench({ by, options: { direct: "exclude_unless_only", lookbackDays: 14 } });
    const { unattributed, nullJourneys, ...totals } = shown.totals;
    const last = rows.map((row) => ({ isUnattributed: row.isUnattributed, ...row.last }));
    const attributed = {
      conversions: totals.conversions - unattributed.conversions,
      revenueMinor: totals.revenueMinor - unattributed.revenueMinor,
    };

    expect(totals).toEqual(of(last));
    expect(unattributed).toEqual(of(last.filter(({ isUnattributed }) => isUnattributed)));
    expect(of([...shown.top, shown.otherWays])).toEqual(totals);
    expect(add([...shown.top, shown.otherWays].map((way) => way.nullJourneys))).toBe(nullJourneys);
    expect(nullJourneys).toBeGreaterThan(0);
    for (const bars of [shown.lengths, shown.lagFromFirst, shown.lagFromLast])
      expect(of(bars)).toEqual(attributed);
    expect(of(shown.matrix.cells)).toEqual(attributed);
    expect(of(shown.assisted.map((row) => row.last))).toEqual(attributed);
    expect(of(shown.assisted.map((row) => row.first))).toEqual(attributed);
  });

  it("counts last touches as the workbench does, group by group, and assists as participation less last", async () => {
    const shown = await shapes({ by: "channel" });
    const rows = await workbench({ by: "channel" });
    const expected = rows
      .filter(({ isUnattributed }) => !isUnattributed)
      .map((row) => [row.key, row.first.conversions, row.last.conversions, row.participation.conversions]);
    const found = shown.assisted.map(({ key, first, last, assists }) => [
      key,
      first.conversions,
      last.conversions,
      last.conversions + assists.conversions,
    ]);
    expect(new Set(found)).toEqual(new Set(expected));
  });

  it("leaves null journeys out where they are not asked for", async () => {
    const options = { markov: { order: 1, nullJourneys: false } } as const;
    const shown = await shapes({ by: "channel", options });
    expect(shown.totals.nullJourneys).toBe(0);
    expect(shown.top.every(({ nullJourneys }) => nullJourneys === 0)).toBe(true);
  });
});

describe("the ways, step by step", () => {
  it.each(["start", "end"] as const)("lose no journey on the way from the %s", async (align) => {
    const shown = await paths({ by: "channel", positions: 3, top: 2, align });
    const { conversions, unattributed, nullJourneys } = shown.totals;
    const at = (position: number) => shown.nodes.filter((node) => node.position === position);
    const attributed = conversions - unattributed.conversions;

    expect(add(at(0).map(({ journeys: count }) => count))).toBe(attributed + nullJourneys);
    expect(add(at(0).map(({ converting }) => converting))).toBe(attributed);
    for (const [place, node] of shown.nodes.entries()) {
      const beyond = shown.links.filter((link) => (align === "start" ? link.from : link.to) === place);
      const on = add(beyond.map(({ journeys: count }) => count)) + node.goesOn;
      expect(node.journeys).toBe(node.endsConverting + node.endsNull + on);
    }
    expect(at(0).length).toBe(3);
    expect(at(0).filter(({ kind }) => kind === "other")).toHaveLength(1);
    expect(shown.links.length).toBeGreaterThan(4);
  });
});

import { eligibleJourney, type Touch } from "#core/attribution/journey.ts";
import { shortenWay } from "#core/attribution/journey-shape.ts";
import { resets, type AttributionOptions } from "#core/attribution/options.ts";
import { NO_GROUP, type RunItem } from "#core/attribution/runs/run-item.ts";

import type { ReportJourney, ReportJourneys, ReportJourneyStep } from "./report-journeys.ts";
import { lengthGroups, TOP_WAYS, MOST_STEPS } from "./journey-lengths.ts";

/** A campaign by the key that items know it by. */
export type OwnCampaign = { key: string; publicId: string; name: string };

type Way = { path: readonly ReportJourneyStep[]; conversions: number; revenueMinor: number };

const OTHERS: ReportJourneyStep = { kind: "others", key: "", name: "" };
const NONE: ReportJourneyStep = { kind: "none", key: "", name: "" };

/**
 * The journeys that some campaigns were part of, gathered item by item. Other campaigns have no names in them: whoever
 * gets the report of one need not know what the others are called. Refunds take their amount from their journey's way and
 * are no journey of their own.
 */
export class CampaignJourneys {
  readonly #ways = new Map<string, Way>();
  readonly #lengths = new Map<number, number>();
  readonly #lagsMs: number[] = [];
  readonly #options: AttributionOptions;
  readonly #own: ReadonlyMap<string, ReportJourneyStep>;

  constructor(own: readonly OwnCampaign[], options: AttributionOptions) {
    this.#options = options;
    this.#own = new Map(own.map(({ key, publicId, name }) => [key, { kind: "group", key: publicId, name }]));
  }

  add(items: readonly RunItem[]): void {
    for (const item of items) this.#addItem(item);
  }

  #addItem(item: RunItem): void {
    const convertedAtMs = item.convertedAtMs ?? item.atMs;
    const { lookbackDays, direct } = this.#options;
    const resetAtMs = resets("linear", this.#options) ? item.previousAtMs : null;
    const touches = item.touches.map(({ key, ...touch }): Touch => ({ ...touch, group: key ?? NO_GROUP }));
    const journey = eligibleJourney(touches, { convertedAtMs, lookbackDays, direct, resetAtMs });
    if (!journey.some(({ group }) => this.#own.has(group))) return;
    const isConversion = item.kind === "conversion";
    this.#addWay(this.#pathOf(journey), {
      conversions: isConversion ? 1 : 0,
      revenueMinor: item.afterMinor - item.beforeMinor,
    });
    if (!isConversion) return;
    this.#lengths.set(journey.length, (this.#lengths.get(journey.length) ?? 0) + 1);
    const [first] = journey;
    if (first) this.#lagsMs.push(convertedAtMs - first.atMs);
  }

  /** What was gathered. */
  report(): ReportJourneys {
    const ways = [...this.#ways.values()].toSorted(
      (a, b) =>
        b.conversions - a.conversions ||
        b.revenueMinor - a.revenueMinor ||
        (JSON.stringify(a.path) < JSON.stringify(b.path) ? -1 : 1),
    );
    const rest = ways.slice(TOP_WAYS);
    const conversions = sumOf(ways, (way) => way.conversions);
    return {
      by: "campaign",
      top: ways.slice(0, TOP_WAYS).map(shownWay),
      others: {
        ways: rest.length,
        conversions: sumOf(rest, (way) => way.conversions),
        revenueMinor: sumOf(rest, (way) => way.revenueMinor),
      },
      lengths: lengthGroups([...this.#lengths].map(([touches, count]) => ({ touches, conversions: count }))),
      medianLagMs: median(this.#lagsMs),
      conversions,
    };
  }

  #pathOf(journey: readonly Touch[]): ReportJourneyStep[] {
    const steps = journey.map(({ group }) => this.#own.get(group) ?? (group === NO_GROUP ? NONE : OTHERS));
    return steps.filter((step, i) => step !== steps[i - 1]);
  }

  #addWay(path: readonly ReportJourneyStep[], more: Omit<Way, "path">): void {
    const id = JSON.stringify(path);
    const known = this.#ways.get(id) ?? { path, conversions: 0, revenueMinor: 0 };
    this.#ways.set(id, {
      path,
      conversions: known.conversions + more.conversions,
      revenueMinor: known.revenueMinor + more.revenueMinor,
    });
  }
}

function shownWay({ path, conversions, revenueMinor }: Way): ReportJourney {
  return { ...shortenWay(path, MOST_STEPS), conversions, revenueMinor };
}

function sumOf(ways: readonly Way[], pick: (way: Way) => number): number {
  return ways.reduce((sum, way) => sum + pick(way), 0);
}

/** The middle of them, or the mean of the two in the middle, as Postgres' percentile_cont has it. */
function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

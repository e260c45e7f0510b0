import type { Attribution, AttributionReady, AttributionRow, ModelCredit } from "#contract/attribution.ts";
import { MODELS, type Model } from "#core/attribution/models.ts";
import { splitByShares } from "#core/money/split-by-shares.ts";
import { readSwitches } from "#frontend/attribution/attribution-view.ts";
import { channelLabel } from "#frontend/format/channel.ts";
import { basisOf, rangeOf, SITE_ID } from "./fixture-answers.ts";
import { BUCKETS, daysOf, ratio, sumRows } from "./fixture-figures.ts";
import type { FixtureState } from "./fixture-state.ts";

type Query = URLSearchParams;

/** Of 100 conversions that a channel closes, how many it would be given under the model. */
const LEANINGS: Readonly<Record<string, Partial<Record<Model, number>>>> = {
  "paid-social": { first: 168, last: 62, linear: 112, position: 118, markov: 131, shapley: 115 },
  "paid-search": { first: 58, last: 142, linear: 96, position: 98, markov: 88, shapley: 95 },
  email: { first: 70, last: 118, linear: 98, position: 96, markov: 92, shapley: 99 },
  podcast: { first: 146, last: 74, linear: 104, position: 112, markov: 116, shapley: 103 },
  influencer: { first: 151, last: 70, linear: 108, position: 110, markov: 119, shapley: 107 },
  direct: { first: 61, last: 138, linear: 101, position: 102, markov: 84, shapley: 100 },
};

/** What one group weighs under one model; those in the middle are between first and last. */
function leaning(channel: string, model: Model): number {
  const own = LEANINGS[channel] ?? {};
  if (model === "last_non_direct") return channel === "direct" ? 6 : (own.last ?? 100) * 1.1;
  if (model === "time_decay") return ((own.last ?? 100) + (own.linear ?? 100)) / 2;
  return own[model] ?? (model === "participation" ? 190 : 100);
}

type Group = { key: string | null; name: string; channel: string; share: number; spendMinor: number | null };

/** `GET /sites/:id/attribution`: every model, each of which shares out one total but participation. */
export function attribution(state: FixtureState, query: Query): Attribution {
  const ready = attributionReady(state, query);
  if (state.computing <= 0) return ready;
  state.computing -= 1;
  const { siteId, by, range, basis } = ready;
  return { status: "computing", siteId, by, range, basis, retryAfterMs: 40 };
}

export function attributionReady(state: FixtureState, query: Query): AttributionReady {
  const { from, to } = rangeOf(query);
  const switches = readSwitches(Object.fromEntries(query));
  const groups = groupsOf(switches.by, { from, to });
  const days = sumRows(daysOf(BUCKETS, from, to));
  const rest = { conversions: 6, revenueMinor: 41_230 };
  const unattributed = { conversions: rest.conversions, revenueMinor: rest.revenueMinor };
  const absent = state.tooManyStates
    ? [{ model: "markov" as const, reason: "too_many_states" as const }]
    : [];
  const models = MODELS.filter((model) => !absent.some((other) => other.model === model));
  const rows = creditRows(groups, models, days);
  const { model: _, ...basis } = basisOf(query);
  const { by, conversionType, customer, ...options } = switches;
  const journeys = { reset: false, convertingJourneys: days.conversions, unattributed };
  return {
    status: "ready",
    siteId: SITE_ID,
    by,
    range: { from, to },
    basis: { ...basis, ...options, convertedCurrencies: [], type: conversionType, customer },
    models,
    absent,
    rows: [...rows, restRow(unattributed, models)],
    totals: {
      conversions: days.conversions + rest.conversions,
      revenueMinor: days.revenueMinor + rest.revenueMinor,
      spendMinor: days.spendMinor,
      rules: journeys,
      dataDriven: { ...journeys, reset: true },
    },
    check: { pConversion: 0.223_845_135_6, empirical: 0.223_845_135_6, states: groups.length + 2 },
  };
}

/** Groups of a made-up shop; those that are no campaign share what has none. */
function groupsOf(by: string, { from, to }: { from: string; to: string }): Group[] {
  return BUCKETS.map((bucket) => {
    const { conversions, spendMinor } = sumRows(daysOf([bucket], from, to));
    const names: Record<string, [string | null, string]> = {
      campaign: [bucket.id, bucket.name],
      channel: [bucket.channel, channelLabel(bucket.channel)],
      source: [bucket.channel.split("-").at(-1) ?? "", bucket.channel.split("-").at(-1) ?? ""],
      creative: [`${bucket.channel}-a`, `${bucket.channel}-carousel-a`],
      landing_page: [`/${bucket.channel}`, `/sale/${bucket.channel}`],
    };
    const [key, name] = names[by] ?? [null, ""];
    const hasSpend = by === "campaign" || by === "channel";
    return {
      key,
      name,
      channel: bucket.channel,
      share: conversions,
      spendMinor: hasSpend ? spendMinor : null,
    };
  });
}

function creditRows(
  groups: readonly Group[],
  models: readonly Model[],
  total: { conversions: number; revenueMinor: number },
): AttributionRow[] {
  const byModel = new Map(
    models.map((model) => {
      const weights = groups.map(({ channel, share }) => share * leaning(channel, model));
      const sum = weights.reduce((one, other) => one + other, 0);
      const whole = model === "participation" ? 1.9 : 1;
      const minor = splitByShares(Math.round(total.revenueMinor * whole), {
        kind: "double",
        shares: weights.map((weight) => weight / sum),
      });
      return [
        model,
        weights.map((weight, at) => ({
          conversions: whole * total.conversions * (weight / sum),
          revenueMinor: minor[at] ?? 0,
        })),
      ];
    }),
  );
  const rows = groups.map(({ key, name, spendMinor }, at): AttributionRow => {
    const credits = Object.fromEntries(
      models.map((model) => [model, creditOf(byModel.get(model)?.[at] ?? NOTHING, spendMinor, model)]),
    );
    return {
      kind: key === null ? "none" : "group",
      key,
      name,
      spendMinor,
      credits,
      spread: spreadOf(credits),
    };
  });
  return withOneNone(rows, models);
}

const NOTHING = { conversions: 0, revenueMinor: 0 };

/** All that is in no campaign is one row. */
function withOneNone(rows: readonly AttributionRow[], models: readonly Model[]): AttributionRow[] {
  const none = rows.filter(({ kind }) => kind === "none");
  const [first] = none;
  if (!first) return [...rows];
  const credits = Object.fromEntries(
    models.map((model) => {
      const parts = none.map((row) => row.credits[model] ?? NOTHING);
      const sum = (pick: (part: typeof NOTHING) => number) =>
        parts.reduce((whole, part) => whole + pick(part), 0);
      const whole = {
        conversions: sum(({ conversions }) => conversions),
        revenueMinor: sum(({ revenueMinor }) => revenueMinor),
      };
      return [model, creditOf(whole, null, model)];
    }),
  );
  return [
    ...rows.filter(({ kind }) => kind === "group"),
    { ...first, name: "", spendMinor: null, credits, spread: spreadOf(credits) },
  ];
}

function restRow(credit: typeof NOTHING, models: readonly Model[]): AttributionRow {
  const credits = Object.fromEntries(models.map((model) => [model, creditOf(credit, null, model)]));
  return { kind: "unattributed", key: null, name: "(unattributed)", spendMinor: null, credits, spread: null };
}

function creditOf(
  { conversions, revenueMinor }: typeof NOTHING,
  spend: number | null,
  model: Model,
): ModelCredit {
  const margin = 1.96 * Math.sqrt(Math.max(conversions, 0));
  const part = conversions === 0 ? 0 : margin / conversions;
  const around = (value: number) => ({ low: value * (1 - part), high: value * (1 + part) });
  const inverse = (value: number) => ({ low: value / (1 + part), high: value / (1 - part) });
  const convertingJourneys = Math.ceil(conversions * 1.4);
  const has = spend !== null && spend > 0;
  return {
    conversions,
    conversionsInterval: around(conversions),
    revenueMinor,
    revenueInterval: around(revenueMinor),
    cpa: has ? ratio(spend, conversions, "no_conversions") : { value: null, reason: "no_spend" },
    cpaInterval: has && part < 1 ? inverse(spend / conversions) : null,
    roas: ratio(revenueMinor, spend, "no_spend"),
    roasInterval: has ? around(revenueMinor / spend) : null,
    roi: ratio(revenueMinor - (spend ?? 0), spend, "no_spend"),
    roiInterval: has
      ? { low: around(revenueMinor / spend).low - 1, high: around(revenueMinor / spend).high - 1 }
      : null,
    ...(model === "markov" ? { removalEffect: Math.min(0.6, conversions / 400) } : {}),
    convertingJourneys,
    tooFew: convertingJourneys < 30,
  };
}

function spreadOf(credits: AttributionRow["credits"]): AttributionRow["spread"] {
  const told = Object.entries(credits).flatMap(([model, credit]) =>
    model === "participation" || !credit ? [] : [credit],
  );
  const range = (values: readonly number[]) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return {
      low,
      high,
      verdict: high - low <= 0.1 * (high + low) ? ("agree" as const) : ("disagree" as const),
    };
  };
  return {
    conversions: range(told.map(({ conversions }) => conversions)),
    revenueMinor: range(told.map(({ revenueMinor }) => revenueMinor)),
  };
}

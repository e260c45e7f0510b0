import { explainItem, sumTouchCredit, type TouchCredit } from "#core/attribution/explain-item.ts";
import type { Touch } from "#core/attribution/journey.ts";
import type { JourneyModel } from "#core/attribution/journey-shares.ts";
import { resets, type AttributionOptions } from "#core/attribution/options.ts";

/** A contact as a run keeps it: its event's id, no visitor's. */
export type RunTouch = {
  id: string;
  atMs: number;
  rank: number;
  /** The group it earns for; null for none. */
  key: string | null;
  isDirect: boolean;
};

/** A conversion or refund as a run keeps it, with every contact of its lookback: what its credit is made of. */
export type RunItem = {
  id: string;
  kind: "conversion" | "refund";
  atMs: number;
  /** Null: a refund whose conversion is not known. */
  convertedAtMs: number | null;
  previousAtMs: number | null;
  beforeMinor: number;
  afterMinor: number;
  /** The amounts as they were paid, where they are converted above, or could not be. */
  paid?: { currency: string; beforeMinor: number; afterMinor: number };
  /** There was no rate: it counts, but its amounts above are 0, and what they would be is not known. */
  isForeign?: boolean;
  touches: RunTouch[];
};

/** No stored text is empty or begins with a control character: these are no keys of groups. */
export const NO_GROUP = "";
export const UNATTRIBUTED_GROUP = "\u0001unattributed";

export type CreditByGroup = Map<string, TouchCredit>;
export type RunModel = { model: JourneyModel; options: AttributionOptions };

/** What each group gets of one conversion or refund, which is all of it; without a contact that counts it is nobody's. */
export function runCredit(item: RunItem, { model, options }: RunModel): CreditByGroup {
  const shared = {
    conversions: item.kind === "conversion" ? 1 : 0,
    beforeMinor: item.beforeMinor,
    afterMinor: item.afterMinor,
  };
  const explained = explainItem(item.touches.map(touchOf), shared, {
    model,
    options,
    rules: {
      convertedAtMs: item.convertedAtMs ?? item.atMs,
      lookbackDays: options.lookbackDays,
      direct: options.direct,
      resetAtMs: resets(model, options) ? item.previousAtMs : null,
    },
  });
  const credits: CreditByGroup = new Map();
  for (const { touch, credit } of explained) if (credit) addCredit(credits, touch.group, credit);
  if (credits.size === 0)
    credits.set(UNATTRIBUTED_GROUP, {
      conversions: shared.conversions,
      revenueMinor: shared.afterMinor - shared.beforeMinor,
    });
  return credits;
}

/** Adds to what a group has. */
export function addCredit(credits: CreditByGroup, group: string, credit: TouchCredit): void {
  credits.set(group, sumTouchCredit([credits.get(group) ?? null, credit]));
}

function touchOf({ key, ...touch }: RunTouch): Touch {
  return { ...touch, group: key ?? NO_GROUP };
}

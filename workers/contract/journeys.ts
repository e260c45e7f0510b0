import * as z from "zod/mini";

import { credit } from "./attribution.ts";
import { attributionOptionsQuery, grouping } from "./attribution-options.ts";
import { groupName, journeysBasis } from "./glass-box.ts";
import { day, wholeNumber } from "./primitives.ts";

/** `GET /sites/:id/journeys`: what all journeys of a range look like. Reset is off unless said, as for rule models. */
export const journeysQuery = attributionOptionsQuery;

const head = {
  siteId: z.string(),
  by: grouping,
  range: z.object({ from: day, to: day }),
  basis: journeysBasis,
};
const computing = z.object({ status: z.literal("computing"), ...head, retryAfterMs: z.number() });

/** Equal groups one behind the other are one step; `touchpoints` says how many they are on average. */
const topJourney = z.extend(credit, {
  /** At most 20 steps; a longer way has its first 19 and its last. Empty: unattributed. */
  path: z.array(groupName),
  isShortened: z.boolean(),
  touchpoints: z.number(),
  /** Journeys of this very way that did not convert. */
  nullJourneys: z.number(),
  /** Conversions ÷ (conversions + null journeys). */
  conversionRate: z.nullable(z.number()),
});
export type TopJourney = z.infer<typeof topJourney>;

/** `min` to `max` touchpoints or days; `max` null: and more. The unattributed are in neither distribution. */
const bar = z.extend(credit, { min: z.number(), max: z.nullable(z.number()) });
export type DistributionBar = z.infer<typeof bar>;

/** Conversions that a group began, ended, or was part of without ending them. Ratio: assists ÷ last, null without last. */
const assisted = z.extend(groupName, {
  first: credit,
  last: credit,
  assists: credit,
  assistRatio: z.nullable(z.number()),
});
export type AssistedRow = z.infer<typeof assisted>;

const matrix = z.object({
  /** The largest 12 and (other): rows by first touchpoint, columns by last. */
  groups: z.array(groupName),
  /** Places in `groups`; cells without conversions or revenue are missing. */
  cells: z.array(z.extend(credit, { first: z.number(), last: z.number() })),
});

export const journeysReady = z.object({
  status: z.literal("ready"),
  ...head,
  /** All conversions of the range and its revenue after refunds: equal to the workbench's. */
  totals: z.extend(credit, { unattributed: credit, nullJourneys: z.number() }),
  /** The 50 ways with the most conversions, and all others together. */
  top: z.array(topJourney),
  otherWays: z.extend(credit, { ways: z.number(), nullJourneys: z.number() }),
  /** By number of touchpoints that count: 1 to 12, and more. */
  lengths: z.array(bar),
  /** Whole days (24 h) from the first and from the last touchpoint to the conversion. */
  lagFromFirst: z.array(bar),
  lagFromLast: z.array(bar),
  medianLagFromFirstMs: z.nullable(z.number()),
  medianLagFromLastMs: z.nullable(z.number()),
  assisted: z.array(assisted),
  matrix,
});
export type JourneysReady = z.infer<typeof journeysReady>;

export const journeys = z.discriminatedUnion("status", [computing, journeysReady]);
export type Journeys = z.infer<typeof journeys>;

const small = (max: number) => z.optional(wholeNumber(2, max));

/** `GET /sites/:id/journeys/paths`: the ways as a Sankey diagram. Default: 5 positions, 6 groups at each, from the start. */
export const pathsQuery = z.extend(attributionOptionsQuery, {
  positions: small(10),
  top: small(12),
  /** Read from the first step on, or backwards from the last one. */
  align: z.optional(z.enum(["start", "end"])),
});

const pathNode = z.object({
  /** From 0; counted from the end where `align` is `end`. */
  position: z.number(),
  ...groupName.shape,
  /** Journeys that come through here, converting or not. */
  journeys: z.number(),
  converting: z.number(),
  /** Of these journeys, those that end at this step (begin here, where `align` is `end`): with and without a conversion. */
  endsConverting: z.number(),
  endsNull: z.number(),
  /** Those that go on beyond the last position that is shown. */
  goesOn: z.number(),
  revenueMinor: z.number(),
});
export type PathNode = z.infer<typeof pathNode>;

export const journeyPathsReady = z.object({
  status: z.literal("ready"),
  ...head,
  positions: z.number(),
  top: z.number(),
  align: z.enum(["start", "end"]),
  totals: z.extend(credit, { unattributed: credit, nullJourneys: z.number() }),
  /** At each position the largest groups and (other). */
  nodes: z.array(pathNode),
  /** Places in `nodes`, of neighbouring positions. */
  links: z.array(
    z.object({ from: z.number(), to: z.number(), journeys: z.number(), converting: z.number() }),
  ),
});
export type JourneyPathsReady = z.infer<typeof journeyPathsReady>;

export const journeyPaths = z.discriminatedUnion("status", [computing, journeyPathsReady]);
export type JourneyPaths = z.infer<typeof journeyPaths>;

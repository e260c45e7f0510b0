/** What the journeys of the range look like; of all conversions, or of the report's campaigns' alone. */
export type ReportJourneys = {
  readonly by: "campaign" | "channel";
  /** The ways with the most conversions. */
  readonly top: readonly ReportJourney[];
  /** All other ways together. */
  readonly others: { readonly ways: number; readonly conversions: number; readonly revenueMinor: number };
  /** By number of touchpoints: `min` to `max`, null: and more. The unattributed are not in it. */
  readonly lengths: readonly ReportJourneyLength[];
  /** From the first touchpoint to the conversion; null without journeys. */
  readonly medianLagMs: number | null;
  readonly conversions: number;
};

export type ReportJourney = {
  /** Equal groups one behind the other are one step. Empty: unattributed. */
  readonly path: readonly ReportJourneyStep[];
  readonly isShortened: boolean;
  readonly conversions: number;
  readonly revenueMinor: number;
};

/** `key` is a channel's code; `name` is '' for channels and contacts of no group, which the renderers name. */
export type ReportJourneyStep = {
  readonly kind: "group" | "others" | "none";
  readonly key: string;
  readonly name: string;
};

export type ReportJourneyLength = {
  readonly min: number;
  readonly max: number | null;
  readonly conversions: number;
};

export const DEAL_KINDS = ["fixed", "cpm", "cpc", "cpa", "revenue_share"] as const;
export type DealKind = (typeof DEAL_KINDS)[number];

/** How a campaign is paid for, from one day to another of the site's zone, both inside. */
export type Deal = {
  publicId: string;
  campaignId: number;
  kind: DealKind;
  startsOn: string;
  /** Null: it runs on. A fixed sum always ends. */
  endsOn: string | null;
  /** The whole sum, or the price of a thousand impressions, of a click, of a conversion; null for a share. */
  amountMinor: number | null;
  /** Per cent of revenue, to a hundredth; null for a price. */
  sharePercent: number | null;
  currency: string;
  note: string | null;
};

/** What conversions and revenue of CPA and revenue share deals are counted by, whatever a screen shows. */
export const DEAL_MODEL = { model: "last", lookbackDays: 30, direct: "keep" } as const;

/** Whether the deal is paid by what attribution says. */
export function isPaidByCredit({ kind }: Pick<Deal, "kind">): boolean {
  return kind === "cpa" || kind === "revenue_share";
}

/** Whether the deal needs counts at all: a fixed sum is known beforehand. */
export function isCounted({ kind }: Pick<Deal, "kind">): boolean {
  return kind !== "fixed";
}

/** The source under which a deal's rows stand in the ledger. */
export function dealSource({ publicId }: Pick<Deal, "publicId">): string {
  return `deal:${publicId}`;
}

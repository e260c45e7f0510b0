/** What a campaign, by its int, cost on a day by one source: in the site's currency where there was a rate, and as paid. */
export type RunSpend = {
  day: string;
  campaignId: number;
  source: string;
  currency: string;
  amountMinor: number;
  paid: { currency: string; amountMinor: number };
};

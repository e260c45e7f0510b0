import type { ReportWords } from "#rendering/words/report-words.ts";

export const ENGLISH_SECTIONS: ReportWords["sections"] = {
  summary: { title: "Summary", note: "" },
  kpis: { title: "Key figures", note: "" },
  chart: { title: "Day by day", note: "" },
  sites: { title: "Sites", note: "What each site of the account brought, in one currency." },
  channels: {
    title: "Channels",
    note: "Where visitors came from and what they brought. A visitor of two channels counts once in the total.",
  },
  campaigns: {
    title: "Campaigns",
    note: "The largest spend first. A campaign that cost money is listed, also without a conversion.",
  },
  attribution: { title: "Attribution", note: "" },
  journeys: {
    title: "Journeys",
    note: "Which contacts led to a conversion, one behind the other, the most frequent ways first.",
  },
  howComputed: {
    title: "How this was computed",
    note: "Every figure of this report rests on these choices; with them it can be made again, to the cent.",
  },
};

export const ENGLISH_KPIS: ReportWords["kpis"] = {
  revenue: "Revenue",
  spend: "Spend",
  grossProfit: "Gross profit",
  roas: "ROAS",
  roi: "ROI",
  roiWithMargin: "ROI after margin",
  conversions: "Conversions",
  cpa: "CPA",
  breakEvenCpa: "Break-even CPA",
  paybackDays: "Payback",
  visitors: "Visitors",
  clicks: "Clicks",
  impressions: "Impressions",
  ctr: "Click-through rate",
  cvr: "Conversion rate",
  aov: "Average order",
};

export const ENGLISH_COLUMNS: ReportWords["columns"] = {
  site: "Site",
  channel: "Channel",
  campaign: "Campaign",
  day: "Day",
  impressions: "Impressions",
  clicks: "Clicks",
  visitors: "Visitors",
  conversions: "Conversions",
  revenue: "Revenue",
  spend: "Spend",
  roas: "ROAS",
  roi: "ROI",
  cpa: "CPA",
  ctr: "CTR",
  cvr: "CVR",
  grossProfit: "Gross profit",
  roiWithMargin: "ROI after margin",
  breakEvenCpa: "Break-even CPA",
  paybackDays: "Payback",
  budgetSpent: "Budget spent",
  pace: "Pace",
  change: "Change",
  verdict: "Models",
  journey: "Way",
  share: "Share",
  touchpoints: "Touchpoints",
  figure: "Figure",
  value: "Value",
  previous: "Before",
  low: "Low (95%)",
  high: "High (95%)",
  model: "Model",
  lookback: "Lookback",
  currency: "Currency",
  from: "From",
  to: "To",
  rate: "Rate",
  term: "Term",
  text: "Meaning",
};

export const ENGLISH_TABLES: ReportWords["tables"] = {
  noVisitors: "No visitors in these days.",
  noCampaigns: "No campaign spent or brought anything in these days.",
  noSites: "The account has no site.",
  noConversions: "No conversions in these days.",
  tooFew: "Pale: fewer than 30 conversions, too few to decide by.",
  judged: "Models are judged on conversions and revenue, over the columns shown here.",
  intervals:
    "Small: the 95% interval. Were the same period to happen again, 19 times in 20 the figure would lie in it.",
  money: {
    title: "What came back for the money",
    note: "Gross profit is what the margin leaves of revenue. A pace of 1 spends the budget evenly over the flight.",
  },
  sharedOut: (modelCount, lookback) =>
    modelCount === 1
      ? `Lookback ${lookback}; every column adds up to the total.`
      : `The same conversions, shared out by ${modelCount} models. Lookback ${lookback}; every column adds up to the total.`,
  partOf: (title, part, parts) => `${title} (${part} of ${parts})`,
  attributionBy: { campaign: "Attribution by campaign", channel: "Attribution by channel" },
  leftOut: (currency) => `money in ${currency}, no rate`,
  andMore: (count, written) => `and ${written} more ${count === 1 ? "row" : "rows"}`,
};

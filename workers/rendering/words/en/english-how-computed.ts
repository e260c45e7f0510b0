import type { HowComputedWords } from "#rendering/words/how-computed-words.ts";

export const ENGLISH_HOW_COMPUTED: HowComputedWords = {
  terms: {
    model: "Attribution model",
    lookback: "Lookback window",
    direct: "Direct visits",
    days: "Days",
    currency: "Currency",
    rates: "Exchange rates",
    unattributed: "Unattributed",
    margin: "Margin",
    intervals: "Intervals",
    dataVersion: "Data version",
    run: "Attribution run",
    ratios: "Ratios",
    note: "Note",
    characters: "Characters",
  },
  model: (name, meaning) => `${name}: ${meaning}.`,
  lookback: (days, written) =>
    `${written} ${days === 1 ? "day" : "days"} before the conversion, to the millisecond, both ends included.`,
  days: (range, timeZone) => `${range}, whole days of ${timeZone}, the first and the last included.`,
  currency: (code) => `${code}. Revenue is net of refunds; a refund counts on the day it was made.`,
  rate: (currency, rate, days) => `${currency} ${rate} (${days})`,
  rates: (list) => `One unit was worth: ${list}.`,
  noConversions: "There were no conversions.",
  unattributed: (conversions, revenue) =>
    `${conversions} of conversions${revenue === null ? "" : ` and ${revenue} of revenue`} had no touchpoint in the window. They are shown, and part of every total.`,
  margin: (percent) => `${percent} of revenue is left after the cost of what was sold.`,
  intervals:
    "At a level of 95%, from the spread between journeys. Without an interval a figure is exact, or too little is known to tell one. What rests on fewer than 30 conversions is pale.",
  dataVersion: (version, readAt) => `${version}, read ${readAt}.`,
  siteVersion: (siteName, version) => `${siteName}: ${version}`,
  run: (id) => `${id} keeps the credit of each conversion behind these figures.`,
  ratios: {
    roas: "ROAS = revenue ÷ spend",
    roi: "ROI = (revenue − spend) ÷ spend",
    roiWithMargin: "ROI after margin = (revenue × margin − spend) ÷ spend",
    grossProfit: "Gross profit = revenue × margin",
    cpa: "CPA = spend ÷ conversions",
    breakEvenCpa: "Break-even CPA = revenue × margin ÷ conversions",
    paybackDays: "Payback = days until what came in covers what was spent",
    ctr: "Click-through rate = clicks ÷ impressions",
    cvr: "Conversion rate = conversions ÷ visitors",
    aov: "Average order = revenue ÷ conversions",
  },
  withoutBase: (dash) => `Without a base: ${dash}.`,
  characters: (list) => `Shown as □, because the report's font does not have them: ${list}.`,
  andMore: (count) => `and ${count} more`,
  notes: {
    lastDayOpen: (day) => `${day} was not over when the report was made.`,
    asOf: (instant) => `Figures are as of ${instant}.`,
    converted: (currencies) => `Amounts in ${currencies} are converted with the rate of their day.`,
    leftOut: (amount, conversions) =>
      `${amount} from ${conversions} is not in the revenue: there is no exchange rate. The conversions count; what is worked out of revenue is a dash.`,
    otherZones: (siteNames) => `The days of ${siteNames} are those of their own time zones.`,
    noDailyCredit:
      "The model shares out the range as a whole: of single campaigns it says nothing day by day or by channel.",
    visitorsEstimated: (margin) =>
      `Visitors over several days are distinct people counted from sketches, ± ${margin}.`,
  },
};

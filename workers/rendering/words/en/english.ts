import { CHANNEL_LABELS } from "#core/channels/channel.ts";
import type { ReportWords } from "#rendering/words/report-words.ts";

import { ENGLISH_COLUMNS, ENGLISH_KPIS, ENGLISH_SECTIONS, ENGLISH_TABLES } from "./english-tables.ts";
import { ENGLISH_HEADLINE } from "./english-headline.ts";
import { ENGLISH_HOW_COMPUTED } from "./english-how-computed.ts";
import { ENGLISH_MAIL } from "./english-mail.ts";
import { ENGLISH_MODELS } from "./english-models.ts";

export const ENGLISH: ReportWords = {
  language: "en",
  kinds: {
    "campaign-performance": "Campaign performance",
    sponsor: "Sponsor report",
    roi: "Return on investment",
    "executive-summary": "Executive summary",
  },
  sections: ENGLISH_SECTIONS,
  kpis: ENGLISH_KPIS,
  absence: {
    no_spend: "Nothing spent in these days: add spend to see it",
    no_conversions: "No conversions in these days",
    no_visitors: "No visitors in these days",
    no_impressions: "No impressions in these days",
    currency_mismatch: "Some money is in another currency, without a rate: add one to see it",
    no_margin: "No margin is known: set it to see this",
    not_paid_back: "Not paid back in these days",
    no_budget: "No budget is set",
    no_flight: "No first and last day are set",
    not_started: "Not started yet",
    no_data: "No data for these days",
  },
  change: {
    up: (size) => `up ${size}`,
    down: (size) => `down ${size}`,
    none: "no change",
    fromZero: (amount) => `${amount} from zero`,
    from: (amount, before) => `${amount} from ${before}`,
    points: (number) => `${number} points`,
    times: (number) => `${number}×`,
    days: (count, written) => `${written} ${count === 1 ? "day" : "days"}`,
    noBase: "nothing to compare with",
    comparedWith: (range) => `Changes compare with ${range}.`,
  },
  headline: ENGLISH_HEADLINE,
  channels: CHANNEL_LABELS,
  models: ENGLISH_MODELS,
  rows: {
    others: "Other campaigns",
    none: "(no campaign)",
    unattributed: "(unattributed)",
    total: "Total",
  },
  columns: ENGLISH_COLUMNS,
  verdicts: { agree: "models agree", disagree: "models differ", too_few: "too few" },
  tables: ENGLISH_TABLES,
  chart: {
    zone: (timeZone) => `Each day is the site's own, in ${timeZone}.`,
    bestDay: (day, revenue) => `The best was ${day} with ${revenue}.`,
    noRevenue: "No revenue in these days",
    noConversions: "No conversions in these days",
    cumulated: "Revenue and spend so far",
  },
  journeys: {
    ofCampaigns:
      "Counted is every conversion in whose journey one of these campaigns had a part, whichever touchpoint gets the credit: there can be more of them than the conversions credited above.",
    withTheirPart: "Conversions they had a part in",
    title: "Ways to a conversion",
    lengths: "Touchpoints before a conversion",
    touchpoints: (min, max) =>
      max === null ? `${min} or more` : max === min ? `${min}` : `${min} to ${max}`,
    otherWays: (ways, written) => `${written} other ${ways === 1 ? "way" : "ways"}`,
    shortened: "earlier touchpoints left out",
    medianLag: (lag) => `From the first touchpoint to the conversion it took ${lag} (median).`,
    minutes: (count, written) => `${written} ${count === 1 ? "minute" : "minutes"}`,
    hours: (count, written) => `${written} ${count === 1 ? "hour" : "hours"}`,
    days: (count, written) => `${written} ${count === 1 ? "day" : "days"}`,
    lessThanAMinute: "less than a minute",
  },
  howComputed: ENGLISH_HOW_COMPUTED,
  directRules: {
    keep: "Direct visits count like any other touchpoint.",
    exclude_unless_only: "Direct visits earn credit only when a journey has nothing else.",
  },
  page: {
    preparedFor: (name) => `Prepared for ${name}`,
    of: (page, pages) => `Page ${page} of ${pages}`,
    madeAt: (instant) => `made ${instant} with Waymark`,
    allSites: "All sites",
  },
  mail: ENGLISH_MAIL,
};

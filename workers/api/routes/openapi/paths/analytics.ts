import {
  accountAnalytics,
  accountAnalyticsQuery,
  analyticsQuery,
  campaignAnalytics,
  siteAnalytics,
} from "#contract/analytics.ts";
import {
  attribution,
  attributionQuery,
  conversionTypes,
  conversionTypesQuery,
} from "#contract/attribution.ts";
import { breakdown, breakdownQuery } from "#contract/breakdown.ts";
import type { RouteDoc } from "./route-doc.ts";

export const analyticsPaths: readonly RouteDoc[] = [
  {
    method: "get",
    path: "/api/v1/analytics",
    tag: "Analytics",
    summary: "The figures of all sites",
    description:
      "Those of each site of the account, added up: KPIs, days, channels, and a row for each site. A day is each site's own, by its date. A visitor of two sites counts twice. Money is in `currency`, else in what most sites have, by the rate of its day; orders without a rate are counted, their money is in `otherCurrencies` and no ratio over revenue has a value; where some spend has none, spend and what is made of it have no value.",
    access: "analytics:read",
    query: accountAnalyticsQuery,
    answer: { status: 200, description: "The figures and how they were computed", schema: accountAnalytics },
    problems: ["invalid_range", "invalid_currency"],
  },
  {
    method: "get",
    path: "/api/v1/sites/{siteId}/analytics",
    tag: "Analytics",
    summary: "The figures of a site",
    description:
      "KPIs, days, channels and campaigns of a closed range of days in the site's zone. The rows of campaigns, of contacts without campaign and of unattributed conversions add up to the KPIs.",
    access: "analytics:read",
    query: analyticsQuery,
    answer: { status: 200, description: "The figures and how they were computed", schema: siteAnalytics },
    problems: ["invalid_range"],
  },
  {
    method: "get",
    path: "/api/v1/campaigns/{campaignId}/analytics",
    tag: "Analytics",
    summary: "The figures of a campaign",
    access: "analytics:read",
    query: analyticsQuery,
    answer: { status: 200, description: "The figures and how they were computed", schema: campaignAnalytics },
    problems: ["invalid_range"],
  },
  {
    method: "get",
    path: "/api/v1/sites/{siteId}/attribution",
    tag: "Analytics",
    summary: "Credit by every attribution model",
    description:
      "Models side by side, by campaign, channel, source, creative or landing page. Those that share out each conversion add up to the same total, the unattributed included. Intervals are of 95 %. With `model` only that model's credits are in the answer, the rows in its order. A range that was never asked for may answer `computing`: ask again after `retryAfterMs`.",
    access: "analytics:read",
    query: attributionQuery,
    answer: {
      status: 200,
      description: "Credit by group, or that it is being worked out",
      schema: attribution,
    },
    problems: ["invalid_range"],
  },
  {
    method: "get",
    path: "/api/v1/sites/{siteId}/conversion-types",
    tag: "Analytics",
    summary: "Types of conversions",
    description:
      "Which types the conversions of these days have, as the site sent them, the most frequent first: what `type` of attribution and journeys may be. Beyond 100,000 conversions the latest are counted, and `isWhole` is false.",
    access: "analytics:read",
    query: conversionTypesQuery,
    answer: { status: 200, description: "The types with their conversions", schema: conversionTypes },
    problems: ["invalid_range"],
  },
  {
    method: "get",
    path: "/api/v1/sites/{siteId}/breakdown",
    tag: "Analytics",
    summary: "Traffic and sales by one dimension",
    description:
      "Rows by campaign, channel, utm parameter, landing page, country, device, browser or system, of the site or of one of its campaigns or channels. Conversions and revenue are those of the visits themselves, not credit of a model. Visitors of a range are counted once; beyond 1,000 they are an estimate with its margin.",
    access: "analytics:read",
    query: breakdownQuery,
    answer: { status: 200, description: "A page of rows, the largest first", schema: breakdown },
    problems: ["invalid_range", "invalid_cursor"],
  },
];

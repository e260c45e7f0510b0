import { putSpendAnswer } from "#contract/campaigns.ts";
import { deal, dealRequest, deals } from "#contract/deals.ts";
import { list } from "#contract/primitives.ts";
import { exchangeRate, putRatesAnswer, putRatesRequest, ratesQuery } from "#contract/rates.ts";
import { pacing, putSiteSpendRequest, spendLedger, spendLedgerQuery } from "#contract/spend.ts";
import type { RouteDoc } from "./route-doc.ts";

const SITE = "/api/v1/sites/{siteId}";
const DEALS = "/api/v1/campaigns/{campaignId}/deals";

export const spendPaths: readonly RouteDoc[] = [
  {
    method: "get",
    path: `${SITE}/spend`,
    tag: "Spend",
    summary: "The ledger of a site's spend",
    description:
      "What was entered or imported and what deals come to, newest day first, each with its source, the rate of its day and whether it counts: on a day for which spend was entered, a campaign's deals do not.",
    access: "campaigns:read",
    query: spendLedgerQuery,
    answer: {
      status: 200,
      description: "A page of the ledger, with the total of all pages",
      schema: spendLedger,
    },
    problems: ["invalid_cursor", "invalid_range"],
  },
  {
    method: "put",
    path: `${SITE}/spend`,
    tag: "Spend",
    summary: "Write spend of several campaigns",
    description:
      "All rows or none. Each replaces that of its campaign, day and source: a second import changes nothing.",
    access: "campaigns:write",
    body: putSiteSpendRequest,
    answer: { status: 200, description: "How many were written", schema: putSpendAnswer },
  },
  {
    method: "get",
    path: `${SITE}/pacing`,
    tag: "Spend",
    summary: "Spend to date against the elapsed share of each flight",
    access: "campaigns:read",
    answer: { status: 200, description: "Every campaign with a budget", schema: pacing },
  },
  {
    method: "get",
    path: `${SITE}/deals`,
    tag: "Spend",
    summary: "How a site's campaigns are paid for",
    access: "campaigns:read",
    answer: { status: 200, description: "All deals, ended ones too", schema: deals },
  },
  {
    method: "post",
    path: DEALS,
    tag: "Spend",
    summary: "Make a deal",
    description:
      "Its spend is worked out by day from our own counts whenever it is read, so later corrections are in it. A CPA and a revenue share go by last touch with a lookback of 30 days.",
    access: "campaigns:write",
    body: dealRequest,
    isRepeatable: true,
    answer: { status: 201, description: "The deal", schema: deal },
  },
  {
    method: "put",
    path: `${DEALS}/{dealId}`,
    tag: "Spend",
    summary: "Write a deal anew",
    access: "campaigns:write",
    body: dealRequest,
    answer: { status: 200, description: "The deal as it is now", schema: deal },
  },
  {
    method: "delete",
    path: `${DEALS}/{dealId}`,
    tag: "Spend",
    summary: "Delete a deal and what it came to",
    access: "campaigns:write",
    answer: { status: 204, description: "Deleted" },
  },
  {
    method: "get",
    path: "/api/v1/rates",
    tag: "Spend",
    summary: "Daily exchange rates, units for one euro",
    access: "campaigns:read",
    query: ratesQuery,
    answer: { status: 200, description: "A page of rates, newest day first", schema: list(exchangeRate) },
    problems: ["invalid_cursor", "invalid_range"],
  },
  {
    method: "put",
    path: "/api/v1/rates",
    tag: "Spend",
    summary: "Write rates of your own",
    description: "All or none. They hold for your account alone and go before the shared ones.",
    access: "campaigns:write",
    body: putRatesRequest,
    answer: { status: 200, description: "How many are new or different", schema: putRatesAnswer },
  },
  {
    method: "delete",
    path: "/api/v1/rates/{currency}/{day}",
    tag: "Spend",
    summary: "Delete a rate of your own",
    access: "campaigns:write",
    answer: { status: 204, description: "Deleted: the shared one holds again" },
    problems: ["not_found"],
  },
  {
    method: "put",
    path: "/api/v1/admin/rates",
    tag: "Admin",
    summary: "Write everybody's rates",
    access: "superadmin",
    body: putRatesRequest,
    answer: { status: 200, description: "How many are new or different", schema: putRatesAnswer },
  },
];

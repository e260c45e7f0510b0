import type { Deal, DealRequest } from "#contract/deals.ts";
import type { PutRatesRequest } from "#contract/rates.ts";
import type { LedgerRow, PacingAnswer, PutSiteSpendRequest, SpendLedger } from "#contract/spend.ts";
import { pacingOf } from "#core/roi/pacing.ts";
import { toDay } from "#frontend/format/day.ts";
import { done, list, ok, type Answer, type Call, type Route } from "./fixture-answer.ts";
import { SITE_ID } from "./fixture-answers.ts";
import { campaignName } from "./fixture-figures.ts";

export const SPEND_ROUTES: readonly Route[] = [
  { method: "GET", path: /^\/sites\/([^/]+)\/spend$/, answer: ledger },
  { method: "PUT", path: /^\/sites\/([^/]+)\/spend$/, answer: putSpend },
  { method: "GET", path: /^\/sites\/([^/]+)\/pacing$/, answer: pacing },
  { method: "GET", path: /^\/sites\/([^/]+)\/deals$/, answer: ({ state }) => list(state.deals) },
  { method: "POST", path: /^\/campaigns\/([^/]+)\/deals$/, answer: postDeal },
  {
    method: "DELETE",
    path: /^\/campaigns\/([^/]+)\/deals\/([^/]+)$/,
    answer: ({ state, ids }) => {
      state.deals = state.deals.filter(({ id }) => id !== ids[1]);
      return done;
    },
  },
  { method: "GET", path: /^\/rates$/, answer: ({ state }) => list(state.rates) },
  { method: "PUT", path: /^\/rates$/, answer: putRates },
];

function ledger({ state, query }: Call): Answer {
  const [from, to] = [query.get("from") ?? "", query.get("to") ?? ""];
  const campaign = query.get("campaign");
  const limit = Number(query.get("limit") ?? 200);
  const rows = state.ledger
    .filter(({ day, campaignId }) => day >= from && day <= to && (campaign ?? campaignId) === campaignId)
    .toSorted((a, b) => (a.day === b.day ? (a.campaign < b.campaign ? -1 : 1) : a.day > b.day ? -1 : 1));
  const counted = rows.filter(({ isCounted }) => isCounted);
  const withoutRate = counted.filter(({ convertedMinor }) => convertedMinor === null);
  const foreign = rows.filter(({ amount }) => amount.currency !== "EUR");
  const answer: SpendLedger = {
    siteId: SITE_ID,
    currency: "EUR",
    range: { from, to },
    items: rows.slice(0, limit),
    next: null,
    total: {
      spendMinor: withoutRate.length > 0 || counted.length === 0 ? null : sumOf(counted),
      rows: rows.length,
      withoutRate: withoutRate.map(({ amount }) => amount),
    },
    currencies: [...new Set(foreign.map(({ amount }) => amount.currency))].map((currency) => ({
      currency,
      rate: foreign.find(({ amount }) => amount.currency === currency)?.rate ?? null,
    })),
  };
  return ok(answer);
}

function sumOf(rows: readonly LedgerRow[]): number {
  return rows.reduce((sum, { convertedMinor }) => sum + (convertedMinor ?? 0), 0);
}

function putSpend({ state, body }: Call): Answer {
  const { rows } = body as PutSiteSpendRequest;
  for (const { campaign, day, amountMinor, currency = "EUR", source = "manual", note = null } of rows) {
    const isSame = (row: LedgerRow) =>
      row.campaignId === campaign && row.day === day && row.source === source;
    state.ledger = state.ledger.filter((row) => !isSame(row));
    state.ledger.push({
      campaignId: campaign,
      campaign: state.campaigns.find(({ id }) => id === campaign)?.name ?? "",
      day,
      source,
      deal: null,
      amount: { minor: amountMinor, currency },
      rate: null,
      convertedMinor: currency === "EUR" ? amountMinor : null,
      isCounted: true,
      note: note ?? null,
    });
  }
  return ok({ written: rows.length });
}

function pacing({ state }: Call): Answer {
  const today = toDay(Date.now());
  const answer: PacingAnswer = {
    siteId: SITE_ID,
    today,
    items: state.campaigns.flatMap(({ id, name, status, startsOn, endsOn, budget, currency }) => {
      if (budget === null) return [];
      const spent = state.ledger.filter(({ campaignId }) => campaignId === id);
      const spentMinor = spent.length === 0 ? null : sumOf(spent) * 3;
      const facts = { startsOn, endsOn, budgetMinor: budget.minor, spentMinor, isSpendForeign: false, today };
      const place = { campaignId: id, name, status, startsOn, endsOn, currency };
      return [{ ...place, budgetMinor: budget.minor, spentMinor, ...pacingOf(facts) }];
    }),
    next: null,
  };
  return ok(answer);
}

function postDeal({ state, ids, body }: Call): Answer {
  const {
    kind,
    startsOn,
    endsOn = null,
    amountMinor,
    sharePercent = null,
    currency = "EUR",
    note = null,
  } = body as DealRequest;
  const deal: Deal = {
    id: `deal_${state.deals.length}`,
    campaignId: ids[0] ?? "",
    campaign: campaignName(ids[0] ?? ""),
    kind,
    startsOn,
    endsOn,
    amount: amountMinor === undefined ? null : { minor: amountMinor, currency },
    sharePercent,
    currency,
    note: note ?? null,
  };
  state.deals.push(deal);
  return ok(deal, 201);
}

function putRates({ state, body }: Call): Answer {
  const { rates } = body as PutRatesRequest;
  state.rates.unshift(...rates.map((rate) => ({ ...rate, source: rate.source ?? "api", isOwn: true })));
  return ok({ changed: rates.length });
}

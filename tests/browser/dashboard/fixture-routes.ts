import type { CreateCampaignRequest, PutSpendRequest, UpdateCampaignRequest } from "#contract/campaigns.ts";
import type { CreateSiteRequest } from "#contract/sites.ts";
import { campaignAnalytics, siteAnalytics } from "./fixture-answers.ts";
import { ALERT_ROUTES } from "./fixture-alerts.ts";
import { ATTRIBUTION_ROUTES } from "./fixture-attribution-routes.ts";
import {
  done,
  list,
  missing,
  now,
  ok,
  problem,
  type Answer,
  type Call,
  type Route,
} from "./fixture-answer.ts";
import { breakdown } from "./fixture-breakdown.ts";
import { LINK_ROUTES } from "./fixture-links.ts";
import { demoSite, demoState } from "./fixture-state.ts";
import type { FixtureState } from "./fixture-state.ts";
import { PRODUCT_ROUTES } from "./fixture-product-routes.ts";
import { PUBLIC_REPORT_ROUTES } from "./fixture-public-routes.ts";
import { REPORT_ROUTES } from "./fixture-report-routes.ts";
import { SCHEDULE_ROUTES } from "./fixture-schedule-routes.ts";
import { SPEND_ROUTES } from "./fixture-spend.ts";
import { TRACKING_ROUTES } from "./fixture-tracking-routes.ts";

const auth: Route[] = [
  {
    method: "POST",
    path: /^\/auth\/login$/,
    isPublic: true,
    answer: ({ state, body }) => {
      if ((body as { password: string }).password !== "correct horse") {
        return problem({
          status: 401,
          code: "wrong_credentials",
          detail: "E-mail and password do not belong together.",
        });
      }
      state.isSignedIn = true;
      return ok(state.me);
    },
  },
  {
    method: "POST",
    path: /^\/auth\/register$/,
    isPublic: true,
    answer: ({ state, body }) => {
      if ((body as { email: string }).email.startsWith("taken")) {
        return problem({
          status: 409,
          code: "email_taken",
          detail: "This address has an account.",
          errors: [{ path: "email", message: "This address has an account. Sign in instead." }],
        });
      }
      Object.assign(state.me, {
        email: (body as { email: string }).email,
        name: (body as { name: string }).name,
      });
      state.isSignedIn = true;
      return ok(state.me, 201);
    },
  },
  {
    method: "POST",
    path: /^\/auth\/confirm$/,
    isPublic: true,
    answer: ({ state, body }) => {
      if (!(body as { token: string }).token.startsWith("good"))
        return problem({ status: 400, code: "invalid_token", detail: "This link does not work any more." });
      state.me.emailConfirmed = true;
      return done;
    },
  },
  { method: "POST", path: /^\/auth\/confirm\/resend$/, answer: () => ({ status: 202 }) },
  { method: "POST", path: /^\/auth\/password\/forgot$/, isPublic: true, answer: () => ({ status: 202 }) },
  { method: "POST", path: /^\/auth\/password\/reset$/, isPublic: true, answer: () => done },
  {
    method: "POST",
    path: /^\/auth\/logout(-everywhere)?$/,
    answer: ({ state }) => {
      state.isSignedIn = false;
      return done;
    },
  },
  { method: "GET", path: /^\/me$/, answer: ({ state }) => ok(state.me) },
  {
    method: "PATCH",
    path: /^\/me$/,
    answer: ({ state, body }) =>
      ok(Object.assign(state.me, { name: (body as { name?: string }).name ?? state.me.name })),
  },
  { method: "GET", path: /^\/api-keys$/, answer: ({ state }) => list(state.apiKeys) },
  {
    method: "POST",
    path: /^\/api-keys$/,
    answer: ({ state, body }) => {
      const key = {
        id: "key_new",
        createdAt: now(),
        lastUsedAt: null,
        ...(body as { name: string; scopes: [] }),
      };
      state.apiKeys.push(key);
      return ok({ ...key, key: "wmk_key_new_s3cr3ts3cr3ts3cr3t" }, 201);
    },
  },
  {
    method: "DELETE",
    path: /^\/api-keys\/([^/]+)$/,
    answer: ({ state, ids }) => {
      state.apiKeys = state.apiKeys.filter((key) => key.id !== ids[0]);
      return done;
    },
  },
  { method: "GET", path: /^\/members$/, answer: ({ state }) => list(state.members) },
];

const sites: Route[] = [
  { method: "GET", path: /^\/sites$/, answer: ({ state }) => list(state.sites) },
  {
    method: "POST",
    path: /^\/sites$/,
    answer: ({ state, body }) => {
      const site = {
        ...demoSite(),
        ...(body as CreateSiteRequest),
        id: "site_new",
        firstEventAt: null,
        lastEventAt: null,
      };
      state.sites.push(site as (typeof state.sites)[number]);
      return ok(site, 201);
    },
  },
  {
    method: "GET",
    path: /^\/sites\/([^/]+)$/,
    answer: ({ state, ids }) => found(state.sites.find(({ id }) => id === ids[0])),
  },
  {
    method: "PATCH",
    path: /^\/sites\/([^/]+)$/,
    answer: ({ state, ids, body }) => {
      const site = state.sites.find(({ id }) => id === ids[0]);
      return site ? ok(Object.assign(site, body)) : missing;
    },
  },
  {
    method: "GET",
    path: /^\/sites\/([^/]+)\/analytics$/,
    answer: ({ state, ids, query }) =>
      ok(hasData(state, ids[0]) ? siteAnalytics(query) : emptied(siteAnalytics(query))),
  },
  {
    method: "GET",
    path: /^\/sites\/([^/]+)\/breakdown$/,
    answer: ({ state, ids, query }) => {
      const answer = breakdown(query);
      return ok(hasData(state, ids[0]) ? answer : { ...answer, items: [], next: null });
    },
  },
  { method: "GET", path: /^\/sites\/([^/]+)\/events$/, answer: (call) => events(call) },
];

const campaigns: Route[] = [
  {
    method: "GET",
    path: /^\/sites\/([^/]+)\/campaigns$/,
    answer: ({ state, query }) =>
      list(
        state.campaigns.filter(
          ({ name, status }) =>
            (!query.get("status") || status === query.get("status")) &&
            name.toLowerCase().includes((query.get("q") ?? "").toLowerCase()),
        ),
      ),
  },
  {
    method: "POST",
    path: /^\/sites\/([^/]+)\/campaigns$/,
    answer: ({ state, ids, body }) => {
      const request = body as CreateCampaignRequest;
      if (state.campaigns.some(({ siteId, name }) => siteId === ids[0] && name === request.name))
        return nameTaken(request.name);
      const [template] = demoState().campaigns;
      const campaign = {
        ...template,
        budget: request.budgetMinor ? { minor: request.budgetMinor, currency: "EUR" } : null,
        ...request,
        id: "cmp_new",
        siteId: ids[0] ?? "",
      };
      state.campaigns.push(campaign as (typeof state.campaigns)[number]);
      return ok(campaign, 201);
    },
  },
  {
    method: "GET",
    path: /^\/campaigns\/([^/]+)$/,
    answer: ({ state, ids }) => found(state.campaigns.find(({ id }) => id === ids[0])),
  },
  {
    method: "PATCH",
    path: /^\/campaigns\/([^/]+)$/,
    answer: ({ state, ids, body }) => {
      const campaign = state.campaigns.find(({ id }) => id === ids[0]);
      return campaign ? ok(Object.assign(campaign, body as UpdateCampaignRequest)) : missing;
    },
  },
  {
    method: "DELETE",
    path: /^\/campaigns\/([^/]+)$/,
    answer: ({ state, ids }) => {
      state.campaigns = state.campaigns.filter(({ id }) => id !== ids[0]);
      return done;
    },
  },
  {
    method: "GET",
    path: /^\/campaigns\/([^/]+)\/analytics$/,
    answer: ({ ids, query }) => ok(campaignAnalytics(ids[0] ?? "", query)),
  },
  { method: "GET", path: /^\/campaigns\/([^/]+)\/events$/, answer: (call) => events(call, call.ids[0]) },
  {
    method: "GET",
    path: /^\/campaigns\/([^/]+)\/spend$/,
    answer: ({ state, ids }) => list(state.spend[ids[0] ?? ""] ?? []),
  },
  { method: "PUT", path: /^\/campaigns\/([^/]+)\/spend$/, answer: putSpend },
  {
    method: "DELETE",
    path: /^\/campaigns\/([^/]+)\/spend\/([^/]+)$/,
    answer: ({ state, ids }) => {
      const id = ids[0] ?? "";
      state.spend[id] = (state.spend[id] ?? []).filter((row) => row.day !== ids[1]);
      return done;
    },
  },
];

export const ROUTES: readonly Route[] = [
  ...auth,
  ...sites,
  ...campaigns,
  ...LINK_ROUTES,
  ...ATTRIBUTION_ROUTES,
  ...REPORT_ROUTES,
  ...SCHEDULE_ROUTES,
  ...PUBLIC_REPORT_ROUTES,
  ...SPEND_ROUTES,
  ...ALERT_ROUTES,
  ...TRACKING_ROUTES,
  ...PRODUCT_ROUTES,
];

function found(value: unknown): Answer {
  return value === undefined ? missing : ok(value);
}

function nameTaken(name: string): Answer {
  const message = `Another campaign of this site is called ${name}`;
  return problem({
    status: 409,
    code: "name_taken",
    detail: message,
    errors: [{ path: "name", message }],
  });
}

function hasData(state: FixtureState, siteId: string | undefined): boolean {
  return state.sites.find(({ id }) => id === siteId)?.firstEventAt != null;
}

function events({ state, query }: Call, campaignId?: string): Answer {
  const start = Number(query.get("after") ?? 0);
  const limit = Number(query.get("limit") ?? 50);
  const fitting = state.events.filter(
    ({ type, verdict, campaign }) =>
      (campaignId === undefined || campaign?.id === campaignId) &&
      (!query.get("type") || type === query.get("type")) &&
      (!query.get("verdict") || verdict === query.get("verdict")),
  );
  return list(
    fitting.slice(start, start + limit),
    start + limit < fitting.length ? String(start + limit) : null,
  );
}

function putSpend({ state, ids, body }: Call): Answer {
  const id = ids[0] ?? "";
  const rows = new Map((state.spend[id] ?? []).map((row) => [row.day, row]));
  for (const { day, amountMinor, currency = "EUR", note = null, source = "manual" } of (
    body as PutSpendRequest
  ).rows) {
    rows.set(day, { day, amount: { minor: amountMinor, currency }, source, note, updatedAt: now() });
  }
  state.spend[id] = [...rows.values()];
  return list(state.spend[id] ?? []);
}

/** The same shape with nothing in it. */
function emptied(answer: ReturnType<typeof siteAnalytics>): unknown {
  const zero = <T extends object>(object: T): T =>
    Object.fromEntries(
      Object.entries(object).map(([key, value]) => [key, typeof value === "number" ? 0 : value]),
    ) as T;
  const none = { value: null, reason: "no_visitors" };
  const kpis = {
    ...zero(answer.kpis),
    spendMinor: null,
    ctr: none,
    cvr: none,
    cpa: none,
    aov: none,
    roas: none,
    roi: none,
  };
  return {
    ...answer,
    kpis,
    previous: kpis,
    days: answer.days.map((row) => ({ ...zero(row), spendMinor: null })),
    previousDays: answer.previousDays.map((row) => ({ ...zero(row), spendMinor: null })),
    channels: [],
    campaigns: [],
    withoutCampaign: { conversions: 0, revenueMinor: 0 },
    unattributed: { conversions: 0, revenueMinor: 0 },
  };
}

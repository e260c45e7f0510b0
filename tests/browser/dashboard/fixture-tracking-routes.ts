import type { ReplayRequest } from "#contract/admin.ts";
import type { MonitoringRange } from "#contract/monitoring.ts";
import { list, missing, ok, problem, type Route } from "./fixture-answer.ts";
import { demoMonitoring } from "./fixture-monitoring.ts";
import type { FixtureState } from "./fixture-state.ts";
import {
  demoCheck,
  demoDetails,
  demoHealth,
  demoUnreadable,
  emptyDetails,
  emptyHealth,
  ledger,
  letterDetail,
} from "./fixture-tracking.ts";

const isEmpty = (state: FixtureState, siteId: string | undefined) =>
  state.sites.find(({ id }) => id === siteId)?.firstEventAt == null;

/** Tracking, the visitor's rights and the admin page. */
export const TRACKING_ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: /^\/sites\/([^/]+)\/tracking-health$/,
    answer: ({ state, ids }) =>
      ok({ ...(isEmpty(state, ids[0]) ? emptyHealth() : demoHealth()), ...state.health }),
  },
  {
    method: "GET",
    path: /^\/sites\/([^/]+)\/tracking-details$/,
    answer: ({ state, ids }) => ok(isEmpty(state, ids[0]) ? emptyDetails() : demoDetails()),
  },
  {
    method: "GET",
    path: /^\/sites\/([^/]+)\/ledger$/,
    answer: ({ state, ids, query }) => ok(ledger(query, isEmpty(state, ids[0]))),
  },
  {
    method: "POST",
    path: /^\/sites\/([^/]+)\/install-check$/,
    answer: ({ body }) => {
      const { url = "" } = body as { url?: string };
      if (!url.includes("other.example")) return ok(demoCheck());
      const message = "other.example is not a host of this site; add it to its domains or origins first";
      const errors = [{ path: "url", message }];
      return problem({ status: 400, code: "invalid_request", detail: `url: ${message}`, errors });
    },
  },
  {
    method: "GET",
    path: /^\/sites\/[^/]+\/visitors\/([^/]+)\/export$/,
    answer: ({ ids }) => ok({ visitor: { id: ids[0] }, events: [] }),
  },
  { method: "DELETE", path: /^\/sites\/[^/]+\/visitors\/([^/]+)$/, answer: () => ({ status: 202 }) },
  {
    method: "GET",
    path: /^\/admin\/monitoring$/,
    answer: ({ state, query }) => {
      if (!state.me.superadmin) return missing;
      const range = (query.get("range") ?? "1h") as MonitoringRange;
      return ok({ ...demoMonitoring(range, Date.now()), ...state.monitoring });
    },
  },
  {
    method: "GET",
    path: /^\/admin\/dead-letters$/,
    answer: ({ state, query }) => {
      if (!state.me.superadmin) return missing;
      const isWaiting = query.get("state") === "waiting";
      const fits = state.letters.filter(
        ({ replayedAt, reason, site }) =>
          (!query.get("state") || (replayedAt === null) === isWaiting) &&
          (!query.get("reason") || reason === query.get("reason")) &&
          (!query.get("site") || site?.id === query.get("site")),
      );
      return list(fits);
    },
  },
  {
    method: "GET",
    path: /^\/admin\/dead-letters\/([^/]+)$/,
    answer: ({ state, ids }) => detailOf(state, ids[0], true),
  },
  {
    method: "POST",
    path: /^\/admin\/dead-letters\/([^/]+)\/disclosures$/,
    answer: ({ state, ids }) => detailOf(state, ids[0], false),
  },
  {
    method: "POST",
    path: /^\/admin\/dead-letters\/replay$/,
    answer: ({ state, body }) => {
      const { ids } = body as ReplayRequest;
      const waiting = state.letters.filter(
        ({ id, replayedAt }) => replayedAt === null && (!ids || ids.includes(id)),
      );
      const items = waiting.map((letter) => {
        const isStored = letter.reason !== "unreadable";
        if (isStored) letter.replayedAt = new Date().toISOString();
        return {
          id: letter.id,
          outcome: isStored ? "ingested" : "failed",
          reason: isStored ? null : letter.reason,
        };
      });
      return ok({ items, next: null });
    },
  },
  {
    method: "GET",
    path: /^\/admin\/refusals$/,
    answer: () => ok({ since: demoHealth().asOf, byCode: [{ code: "unknown_site", requests: 27 }] }),
  },
  {
    method: "GET",
    path: /^\/admin\/unreadable-bodies$/,
    answer: ({ state }) => (state.me.superadmin ? list(demoUnreadable()) : missing),
  },
];

function detailOf(state: FixtureState, id: string | undefined, isMasked: boolean) {
  const letter = state.letters.find((candidate) => candidate.id === id);
  return letter && state.me.superadmin ? ok(letterDetail(letter, isMasked), isMasked ? 200 : 201) : missing;
}

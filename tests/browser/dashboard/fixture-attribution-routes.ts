import { ok, type Route } from "./fixture-answer.ts";
import { attribution } from "./fixture-attribution.ts";
import type { FixtureState } from "./fixture-state.ts";

/** What the API answers about journeys. */
export const ATTRIBUTION_ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: /^\/sites\/([^/]+)\/attribution$/,
    answer: ({ state, ids, query }) => {
      const answer = attribution(state, query);
      if (answer.status === "computing" || hasData(state, ids[0])) return ok(answer);
      return ok({ ...answer, rows: [], totals: { ...answer.totals, conversions: 0, revenueMinor: 0 } });
    },
  },
];

function hasData(state: FixtureState, siteId: string | undefined): boolean {
  return state.sites.find(({ id }) => id === siteId)?.firstEventAt != null;
}

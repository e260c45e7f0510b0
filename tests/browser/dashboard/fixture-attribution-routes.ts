import type { CreateRunRequest } from "#contract/runs.ts";
import { MODELS } from "#core/attribution/models.ts";
import { done, list, missing, ok, type Call, type Route } from "./fixture-answer.ts";
import { attribution } from "./fixture-attribution.ts";
import { creditedJourneys, journey } from "./fixture-glass-box.ts";
import { journeyPaths, journeys } from "./fixture-journeys.ts";
import { comparison, createRun, runDetails } from "./fixture-runs.ts";
import type { FixtureState } from "./fixture-state.ts";

const figures: Route[] = [
  {
    method: "GET",
    path: /^\/sites\/([^/]+)\/attribution$/,
    answer: ({ state, ids, query }) => {
      const answer = attribution(state, query);
      if (answer.status === "computing" || hasData(state, ids[0])) return ok(answer);
      return ok({ ...answer, rows: [], totals: { ...answer.totals, conversions: 0, revenueMinor: 0 } });
    },
  },
  {
    method: "GET",
    path: /^\/sites\/([^/]+)\/conversion-types$/,
    answer: ({ ids, query }) =>
      ok({
        siteId: ids[0],
        range: { from: query.get("from"), to: query.get("to") },
        items: [
          { type: "purchase", conversions: 1_386 },
          { type: "newsletter", conversions: 212 },
        ],
        isWhole: true,
      }),
  },
  {
    method: "GET",
    path: /^\/sites\/([^/]+)\/attribution\/journeys$/,
    answer: ({ state, query }) => ok(creditedJourneys(state, query)),
  },
  {
    method: "GET",
    path: /^\/sites\/([^/]+)\/journeys$/,
    answer: ({ state, ids, query }) => {
      const answer = journeys(state, query);
      if (hasData(state, ids[0])) return ok(answer);
      return ok({ ...answer, totals: { ...answer.totals, conversions: 0 } });
    },
  },
  {
    method: "GET",
    path: /^\/sites\/([^/]+)\/journeys\/paths$/,
    answer: ({ state, query }) => ok(journeyPaths(state, query)),
  },
  {
    method: "GET",
    path: /^\/sites\/([^/]+)\/journeys\/([^/]+)$/,
    answer: ({ ids, query }) => {
      const one = journey(ids[1] ?? "", query);
      return one ? ok(one) : missing;
    },
  },
];

const runs: Route[] = [
  {
    method: "GET",
    path: /^\/sites\/([^/]+)\/attribution-runs$/,
    answer: ({ state }) => list(state.runs),
  },
  {
    method: "POST",
    path: /^\/sites\/([^/]+)\/attribution-runs$/,
    answer: ({ state, body }) => ok(createRun(state, body as CreateRunRequest), 202),
  },
  {
    method: "GET",
    path: /^\/attribution-runs\/([^/]+)$/,
    answer: (call) => {
      const run = runOf(call);
      return run ? ok(runDetails(call.state, run)) : missing;
    },
  },
  {
    method: "PATCH",
    path: /^\/attribution-runs\/([^/]+)$/,
    answer: ({ state, ids, body }) => {
      const run = state.runs.find(({ id }) => id === ids[0]);
      if (!run) return missing;
      Object.assign(run, body);
      return ok(run);
    },
  },
  {
    method: "DELETE",
    path: /^\/attribution-runs\/([^/]+)$/,
    answer: ({ state, ids }) => {
      state.runs = state.runs.filter(({ id }) => id !== ids[0]);
      return done;
    },
  },
  {
    method: "GET",
    path: /^\/attribution-runs\/([^/]+)\/comparison$/,
    answer: (call) => {
      const [before, after] = [runOf({ ...call, ids: [call.query.get("with") ?? ""] }), runOf(call)];
      const model = MODELS.find((known) => known === call.query.get("model")) ?? "last";
      return before && after ? ok(comparison(before, after, model)) : missing;
    },
  },
];

/** What the API answers about journeys and saved runs. */
export const ATTRIBUTION_ROUTES: readonly Route[] = [...figures, ...runs];

function runOf({ state, ids }: Pick<Call, "state" | "ids">) {
  return state.runs.find(({ id }) => id === ids[0]);
}

function hasData(state: FixtureState, siteId: string | undefined): boolean {
  return state.sites.find(({ id }) => id === siteId)?.firstEventAt != null;
}

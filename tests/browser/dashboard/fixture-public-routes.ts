import type { ConfirmAddressRequest } from "#contract/report-addresses.ts";
import type { OpenShareRequest, SharedReport } from "#contract/report-shares.ts";
import type { ChangeSubscriptionRequest } from "#contract/unsubscribe.ts";
import { done, missing, ok, problem } from "./fixture-answer.ts";
import type { Answer, Call, Route } from "./fixture-answer.ts";
import { report, UNSUBSCRIBE_TOKEN } from "./fixture-reporting.ts";

/** What people without an account ask. */
export const PUBLIC_REPORT_ROUTES: Route[] = [
  { method: "GET", path: /^\/shared\/([^/]+)$/, isPublic: true, answer: (call) => whenShared(call, shared) },
  { method: "POST", path: /^\/shared\/([^/]+)$/, isPublic: true, answer: (call) => whenShared(call, open) },
  {
    method: "GET",
    path: /^\/shared\/([^/]+)\/model$/,
    isPublic: true,
    answer: (call) =>
      whenShared(call, ({ state }) =>
        state.reporting.shared.isOpened
          ? ok(state.reporting.model)
          : problem({ status: 403, code: "share_locked", detail: "This report has a password." }),
      ),
  },
  {
    method: "GET",
    path: /^\/unsubscribe\/([^/]+)$/,
    isPublic: true,
    answer: ({ state, ids }) => (ids[0] === UNSUBSCRIBE_TOKEN ? ok(state.reporting.subscription) : missing),
  },
  { method: "PUT", path: /^\/unsubscribe\/([^/]+)$/, isPublic: true, answer: changeSubscription },
  {
    method: "POST",
    path: /^\/report-addresses\/question$/,
    isPublic: true,
    answer: ({ state, body }) =>
      (body as { token: string }).token.startsWith("a")
        ? ok({
            address: "sponsor@radio.example",
            accountName: "Nordkost",
            language: state.reporting.subscription.language,
            askedBy: "Mara Lind",
            askedFor: "Sponsor, first of the month",
          })
        : problem({ status: 400, code: "invalid_token", detail: "This link does not work any more." }),
  },
  {
    method: "POST",
    path: /^\/report-addresses\/confirm$/,
    isPublic: true,
    answer: ({ state, body }) => {
      const { token, agrees } = body as ConfirmAddressRequest;
      state.reporting.answers[token] = agrees;
      return done;
    },
  },
];

function whenShared(call: Call, answer: (call: Call) => Answer): Answer {
  const { token, isRevoked } = call.state.reporting.shared;
  return call.ids[0] === token && !isRevoked ? answer(call) : missing;
}

function shared({ state }: Call): Answer {
  const { isOpened } = state.reporting.shared;
  const answer: SharedReport = isOpened
    ? { state: "open", files: report("x", {}).files }
    : { state: "password_needed", files: null };
  return ok(answer);
}

function open(call: Call): Answer {
  const known = call.state.reporting.shared;
  if ((call.body as OpenShareRequest).password !== known.password) {
    return problem({ status: 403, code: "wrong_share_password", detail: "That is not the password." });
  }
  known.isOpened = true;
  return shared(call);
}

function changeSubscription({ state, ids, body }: Call): Answer {
  if (ids[0] !== UNSUBSCRIBE_TOKEN) return missing;
  const { schedule, isUnsubscribedFromAll } = body as ChangeSubscriptionRequest;
  const { subscription } = state.reporting;
  if (schedule && subscription.schedule) subscription.schedule.isUnsubscribed = schedule.isUnsubscribed;
  if (isUnsubscribedFromAll !== undefined) subscription.isUnsubscribedFromAll = isUnsubscribedFromAll;
  return ok(subscription);
}

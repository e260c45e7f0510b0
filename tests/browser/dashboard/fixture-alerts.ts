import type { AlertChannel, AlertDetails, AlertRule, SaveAlertRuleRequest } from "#contract/alerts.ts";
import { OPERATOR_ALERTS, SITE_ALERTS, type AlertKind } from "#core/alerts/alert-kind.ts";
import { ALERT_PARAMETERS, numbersOf } from "#core/alerts/alert-parameters.ts";
import { ALERT_NAMES } from "#core/alerts/alert-words.ts";
import { ruleWords } from "#core/alerts/rule-words.ts";
import { ago } from "./fixture-alert-facts.ts";
import { done, list, missing, ok, problem, type Answer, type Call, type Route } from "./fixture-answer.ts";

function rules(kinds: readonly AlertKind[]): AlertRule[] {
  return kinds.map((kind) => {
    const chosen = kind === "conversion-drop" ? { percent: 40 } : null;
    const numbers = numbersOf(kind, chosen);
    return {
      kind,
      name: ALERT_NAMES[kind],
      words: ruleWords(kind, numbers),
      scope: kind === "report-failure" ? "account" : "site",
      isEnabled: kind !== "under-delivery",
      isStandard: chosen === null && kind !== "under-delivery",
      parameters: ALERT_PARAMETERS[kind].map((one) => ({ ...one, value: numbers[one.name] ?? one.standard })),
      channels: kind === "overspend" ? ["ach_slack"] : null,
    };
  });
}

/** Alerts, rules and channels of an account, and of whoever runs the installation. */
export const ALERT_ROUTES: Route[] = [
  {
    method: "GET",
    path: /^\/alerts\/summary$/,
    answer: ({ state }) => {
      const firing = state.alerts.filter(({ status }) => status === "firing");
      return ok({
        firing: firing.length,
        open: firing.filter(({ acknowledgedAt }) => acknowledgedAt === null).length,
      });
    },
  },
  { method: "GET", path: /^\/alerts$/, answer: (call) => alertsOf(call) },
  { method: "GET", path: /^\/alerts\/([^/]+)$/, answer: details },
  { method: "POST", path: /^\/alerts\/([^/]+)\/acknowledge$/, answer: acknowledge },
  {
    method: "GET",
    path: /^\/sites\/[^/]+\/alert-rules$/,
    answer: () => ok({ items: rules([...SITE_ALERTS, "report-failure"]) }),
  },
  { method: "PUT", path: /^\/sites\/[^/]+\/alert-rules\/([^/]+)$/, answer: saveRule },
  { method: "GET", path: /^\/alert-channels$/, answer: ({ state }) => ok({ items: state.alertChannels }) },
  { method: "POST", path: /^\/alert-channels$/, answer: createChannel },
  {
    method: "POST",
    path: /^\/alert-channels\/([^/]+)\/test$/,
    answer: ({ state, ids }) => {
      const found = state.alertChannels.find(({ id }) => id === ids[0]);
      if (!found) return missing;
      found.last = { status: "sent", at: ago(0), failure: null };
      return ok(found, 202);
    },
  },
  {
    method: "DELETE",
    path: /^\/alert-channels\/([^/]+)$/,
    answer: ({ state, ids }) => {
      state.alertChannels = state.alertChannels.filter(({ id }) => id !== ids[0]);
      return done;
    },
  },
  {
    method: "GET",
    path: /^\/admin\/alerts$/,
    answer: ({ state }) => (state.me.superadmin ? list([]) : missing),
  },
  {
    method: "GET",
    path: /^\/admin\/alert-rules$/,
    answer: ({ state }) => (state.me.superadmin ? ok({ items: rules(OPERATOR_ALERTS) }) : missing),
  },
  {
    method: "GET",
    path: /^\/admin\/alert-channels$/,
    answer: ({ state }) => (state.me.superadmin ? ok({ items: [] }) : missing),
  },
];

function alertsOf({ state, query }: Call): Answer {
  return list(state.alerts.filter(({ status }) => status === query.get("status")));
}

function details({ state, ids }: Call): Answer {
  const found = state.alerts.find(({ id }) => id === ids[0]);
  if (!found) return missing;
  const message = { isHeld: false, attempts: 1, failure: null, createdAt: ago(95), nextAttemptAt: null };
  const messages: AlertDetails["messages"] = [
    { ...message, channel: { name: "Mara", kind: "mail" }, notice: "fired", status: "sent", sentAt: ago(95) },
    {
      ...message,
      channel: { name: "Pager", kind: "webhook" },
      notice: "fired",
      status: "failed",
      failure: "The address answered 404",
      sentAt: null,
    },
  ];
  return ok({ ...found, messages });
}

function acknowledge(call: Call): Answer {
  const found = call.state.alerts.find(({ id }) => id === call.ids[0]);
  if (!found) return missing;
  found.acknowledgedAt = ago(0);
  found.acknowledgedBy = call.state.me.name;
  return details(call);
}

function saveRule({ state, body }: Call): Answer {
  const request = body as SaveAlertRuleRequest;
  if (request.parameters?.["percent"] !== 99) {
    state.savedRules.push(request);
    return ok({});
  }
  const errors = [{ path: "parameters.percent", message: "The number is too large" }];
  return problem({
    status: 400,
    code: "invalid_request",
    detail: "percent: The number is too large",
    errors,
  });
}

function createChannel({ state, body }: Call): Answer {
  const { kind, name, target, quietHours } = body as AlertChannel;
  const made: AlertChannel = {
    id: `ach_${state.alertChannels.length}`,
    kind,
    name,
    target,
    quietHours,
    createdAt: ago(0),
    last: null,
  };
  state.alertChannels.push(made);
  return ok({ ...made, secret: kind === "webhook" ? `whsec_${"0f".repeat(32)}` : null }, 201);
}

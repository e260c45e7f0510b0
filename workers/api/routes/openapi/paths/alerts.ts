import {
  alert,
  alertChannel,
  alertChannels,
  alertDetails,
  alertRule,
  alertRules,
  alertsQuery,
  alertSummary,
  createChannelRequest,
  createdChannel,
  replacedSecret,
  saveAlertRuleRequest,
  updateChannelRequest,
} from "#contract/alerts.ts";
import { list } from "#contract/primitives.ts";
import type { RouteDoc } from "./route-doc.ts";

type Owner = {
  /** Before `/alerts` and `/alert-channels`. */
  base: string;
  /** Of one rule's collection. */
  rules: string;
  tag: RouteDoc["tag"];
  read: RouteDoc["access"];
  acknowledge: RouteDoc["access"];
  write: RouteDoc["access"];
};

const ACCOUNT: Owner = {
  base: "/api/v1",
  rules: "/api/v1/sites/{siteId}/alert-rules",
  tag: "Alerts",
  read: "alerts:read",
  acknowledge: "alerts:acknowledge",
  write: "alerts:write",
};

const OPERATORS: Owner = {
  base: "/api/v1/admin",
  rules: "/api/v1/admin/alert-rules",
  tag: "Admin",
  read: "superadmin",
  acknowledge: "superadmin",
  write: "superadmin",
};

/** The same for an account and for whoever runs the installation. */
export const alertPaths: readonly RouteDoc[] = [...pathsOf(ACCOUNT), ...pathsOf(OPERATORS)];

function pathsOf(owner: Owner): RouteDoc[] {
  return [...alertsOf(owner), ...rulesOf(owner), ...channelsOf(owner)];
}

function alertsOf({ base, tag, read, acknowledge }: Owner): RouteDoc[] {
  return [
    {
      method: "get",
      path: `${base}/alerts`,
      tag,
      summary: "What is wrong, and what was",
      description: "Newest first. Words are English.",
      access: read,
      query: alertsQuery,
      answer: { status: 200, description: "A page of alerts", schema: list(alert) },
      problems: ["invalid_cursor", "not_found"],
    },
    {
      method: "get",
      path: `${base}/alerts/summary`,
      tag,
      summary: "How many alerts fire",
      access: read,
      answer: {
        status: 200,
        description: "How many, and how many nobody has acknowledged",
        schema: alertSummary,
      },
    },
    {
      method: "get",
      path: `${base}/alerts/{alertId}`,
      tag,
      summary: "One alert with every message about it",
      access: read,
      answer: { status: 200, description: "The alert", schema: alertDetails },
    },
    {
      method: "post",
      path: `${base}/alerts/{alertId}/acknowledge`,
      tag,
      summary: "Say that somebody has seen it",
      description: "It is not repeated until it is over. A second time changes nothing.",
      access: acknowledge,
      answer: { status: 200, description: "The alert", schema: alertDetails },
      problems: ["status_conflict"],
    },
  ];
}

function rulesOf({ rules, tag, read, write }: Owner): RouteDoc[] {
  return [
    {
      method: "get",
      path: rules,
      tag,
      summary: "The rules that hold",
      description: "All of them, also those that nobody has changed.",
      access: read,
      answer: { status: 200, description: "The rules with their numbers", schema: alertRules },
    },
    {
      method: "put",
      path: `${rules}/{alertKind}`,
      tag,
      summary: "Change a rule",
      description: "Whole: a number that is absent is the standard.",
      access: write,
      body: saveAlertRuleRequest,
      answer: { status: 200, description: "The rule as it is now", schema: alertRule },
    },
    {
      method: "delete",
      path: `${rules}/{alertKind}`,
      tag,
      summary: "Let a rule be the standard again",
      access: write,
      answer: { status: 200, description: "The rule as it is now", schema: alertRule },
    },
  ];
}

function channelsOf({ base, tag, read, write }: Owner): RouteDoc[] {
  const one = `${base}/alert-channels/{channelId}`;
  return [
    {
      method: "get",
      path: `${base}/alert-channels`,
      tag,
      summary: "Where alerts go",
      access: read,
      answer: { status: 200, description: "The channels", schema: alertChannels },
    },
    {
      method: "post",
      path: `${base}/alert-channels`,
      tag,
      summary: "Add a channel",
      description: "A webhook's secret is in this answer and never again.",
      access: write,
      body: createChannelRequest,
      isRepeatable: true,
      answer: { status: 201, description: "The channel", schema: createdChannel },
      problems: ["invalid_time_zone", "status_conflict", "already_created"],
    },
    {
      method: "patch",
      path: one,
      tag,
      summary: "Change a channel",
      access: write,
      body: updateChannelRequest,
      answer: { status: 200, description: "The channel as it is now", schema: alertChannel },
      problems: ["invalid_time_zone"],
    },
    ...channelActsOf(one, { tag, access: write }),
  ];
}

function channelActsOf(path: string, { tag, access }: Pick<RouteDoc, "tag" | "access">): RouteDoc[] {
  return [
    {
      method: "delete",
      path,
      tag,
      summary: "Take a channel away",
      description: "What waits to be sent to it is not sent.",
      access,
      answer: { status: 204, description: "It is gone" },
    },
    {
      method: "post",
      path: `${path}/secret`,
      tag,
      summary: "Replace a webhook's secret",
      description: "The old one signs beside it for a day.",
      access,
      answer: { status: 200, description: "The new secret, shown once", schema: replacedSecret },
      problems: ["status_conflict"],
    },
    {
      method: "post",
      path: `${path}/test`,
      tag,
      summary: "Send a test to a channel",
      description: "One a minute; the channel then shows what became of it.",
      access,
      answer: { status: 202, description: "It is about to be sent", schema: alertChannel },
    },
  ];
}

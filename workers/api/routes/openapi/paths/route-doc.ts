import type { z } from "zod/mini";

import type { Action } from "#usecases/accounts/access.ts";

export const TAGS = {
  "Sign-in": "Accounts, sign-ins, e-mail confirmation and passwords.",
  Account: "The signed-in person, the people of the account and its API keys.",
  Sites: "What a pixel reports for, and what became of every event.",
  Campaigns: "Campaigns, what matches them, and what they cost.",
  Spend: "What campaigns cost: the ledger, deals, budgets and exchange rates.",
  Links: "Short links that count a click and redirect.",
  Events: "The log of events, and events sent by programs.",
  Analytics: "Figures and attributed credit.",
  Reports: "Reports as PDF, XLSX, CSV and JSON, made on demand or by schedule, mailed and shared.",
  Alerts: "What is wrong with a site, the rules that say so, and where it is told.",
  Admin: "For whoever runs the installation; 404 to everybody else.",
  Service: "This document, and whether the service is well.",
} as const;

/** One route as the document describes it. A test holds these to the routes that are mounted, both ways. */
export type RouteDoc = {
  method: "get" | "post" | "put" | "patch" | "delete";
  /** As OpenAPI writes it: `/api/v1/sites/{siteId}`. */
  path: string;
  tag: keyof typeof TAGS;
  summary: string;
  description?: string;
  /** Who may: anyone, any signed-in person, who runs the installation, or whom the table of access names for the action. */
  access: "public" | "user" | "superadmin" | Action;
  query?: z.ZodMiniObject;
  body?: z.ZodMiniType;
  /** Of a body that is not JSON. */
  bodyTypes?: readonly string[];
  /** Takes an `Idempotency-Key`. */
  isRepeatable?: true;
  answer: Answer;
  /** Where it may answer something else that is no problem JSON either. */
  otherAnswers?: readonly Answer[];
  /** Codes of the table of problems beyond those that follow from access and input. */
  problems?: readonly string[];
};

export type Answer = {
  status: 200 | 201 | 202 | 204 | 303 | 503;
  description: string;
  schema?: z.ZodMiniType;
  /** Of an answer that is not JSON. */
  contentTypes?: readonly string[];
};

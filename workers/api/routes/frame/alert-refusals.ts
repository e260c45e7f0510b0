import type { Context } from "hono";

import type { NotFiring } from "#usecases/alerts/acknowledge-alert.ts";
import type { ChannelRefusal } from "#usecases/alerts/check-channel.ts";
import type { AlertNotFound } from "#usecases/alerts/get-alert.ts";
import type { ChannelNotFound } from "#usecases/alerts/one-channel.ts";
import type { RuleRefusal } from "#usecases/alerts/rule-asker.ts";
import { fieldProblem, problem } from "./problem.ts";
import type { ProblemCode } from "./problems.ts";

export type AlertRefusal =
  | AlertNotFound
  | NotFiring
  | ChannelNotFound
  | ChannelRefusal
  | RuleRefusal
  | { kind: "no_secret" }
  | { kind: "site_not_found" };

const TARGET_FAULTS = {
  invalid_url: "This is no web address",
  not_https: "Only https addresses can be posted to",
  has_password: "An address with a user name in it cannot be posted to",
  private_host:
    "Only public host names can be posted to, no addresses in numbers and nothing inside a network",
  odd_port: "Only the web's own port can be posted to",
} as const;

const PARAMETER_FAULTS = {
  unknown: "This rule has no such number",
  too_small: "The number is too small",
  too_large: "The number is too large",
  not_whole: "It must be a whole number",
} as const;

/** Every way in which something of alerts is refused, for accounts and operators alike. */
export function refuseAlert(c: Context, refusal: AlertRefusal): Response {
  return isPlain(refusal) ? problem(c, ...PLAIN[refusal.kind]) : refuseField(c, refusal);
}

type Telling = Extract<
  AlertRefusal,
  {
    kind:
      | "unknown_channel"
      | "invalid_parameter"
      | "address_not_agreed"
      | "invalid_address"
      | "invalid_target"
      | "invalid_time_zone";
  }
>;
type Plain = Exclude<AlertRefusal, Telling>;

const PLAIN: Readonly<Record<Plain["kind"], readonly [ProblemCode, { detail: string }]>> = {
  alert_not_found: ["not_found", { detail: "There is no such alert" }],
  site_not_found: ["not_found", { detail: "There is no such site" }],
  rule_not_found: ["not_found", { detail: "There is no such rule" }],
  channel_not_found: ["not_found", { detail: "There is no such channel" }],
  not_firing: ["status_conflict", { detail: "It is over: there is nothing to acknowledge" }],
  no_secret: ["status_conflict", { detail: "Only messages to a webhook are signed" }],
  too_many_channels: ["status_conflict", { detail: "There are 20 channels already" }],
};

function isPlain(refusal: AlertRefusal): refusal is Plain {
  return refusal.kind in PLAIN;
}

function refuseField(c: Context, refusal: Telling): Response {
  switch (refusal.kind) {
    case "unknown_channel":
      return fieldProblem(c, "channels", `There is no channel ${refusal.channelId}`);
    case "invalid_parameter":
      return fieldProblem(c, `parameters.${refusal.name}`, PARAMETER_FAULTS[refusal.reason]);
    case "invalid_address":
      return fieldProblem(c, "target", "This is no e-mail address");
    case "address_not_agreed":
      return fieldProblem(
        c,
        "target",
        `${refusal.address} is no member's, and has not agreed to get mails of this account`,
      );
    case "invalid_target":
      return fieldProblem(c, "target", TARGET_FAULTS[refusal.fault]);
    case "invalid_time_zone":
      return problem(c, "invalid_time_zone", { detail: `${refusal.timeZone} is no time zone` });
  }
}

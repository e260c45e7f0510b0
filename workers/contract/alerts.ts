import * as z from "zod/mini";

import { ALERT_KINDS } from "#core/alerts/alert-kind.ts";
import { anyJson, instant, limit, line } from "./primitives.ts";

export const alertKind = z.enum(ALERT_KINDS as unknown as [string, ...string[]]);

/** `firing`: it goes on, acknowledged or not. */
export const alertStatus = z.enum(["firing", "resolved"]);

/** `GET /alerts`, `GET /admin/alerts`: newest first. */
export const alertsQuery = z.object({
  status: z.optional(alertStatus),
  /** Public id of a site. */
  site: z.optional(z.string()),
  after: z.optional(z.string()),
  limit,
});

/** One time that something was wrong. Words are English. */
export const alert = z.object({
  id: z.string(),
  kind: alertKind,
  status: alertStatus,
  title: z.string(),
  /** The newest facts that said it is wrong, in a sentence or two. */
  text: z.string(),
  /** The same as numbers and names; what there is depends on `kind`. */
  facts: z.record(z.string(), anyJson("A number, a name or a list of them")),
  /** Null: of the account or the installation as a whole. */
  site: z.nullable(z.object({ id: z.string(), name: z.string() })),
  /** Path of the dashboard's view that shows it, and of the page that says what to do. */
  path: z.string(),
  runbook: z.string(),
  firedAt: instant,
  resolvedAt: z.nullable(instant),
  /** `recovered`, or `ended`: the rule was turned off or what it was about is gone. */
  resolution: z.nullable(z.enum(["recovered", "ended"])),
  /** Since when it has been good again; it is over when that lasts. */
  goodSince: z.nullable(instant),
  /** The last measurement that said something; and why those since say nothing, null where the last one did. */
  measuredAt: instant,
  missing: z.nullable(z.string()),
  acknowledgedAt: z.nullable(instant),
  acknowledgedBy: z.nullable(z.string()),
});
export type Alert = z.infer<typeof alert>;

export const channelKind = z.enum(["mail", "slack", "webhook"]);
export type ChannelKind = z.infer<typeof channelKind>;

/** `waiting`: under way, tried again, or held back by quiet hours. `unknown`: nobody can say whether it arrived. */
export const noticeStatus = z.enum(["waiting", "sent", "failed", "unknown", "cancelled"]);

/** `GET /alerts/:id`: with every message about it. */
export const alertDetails = z.extend(alert, {
  messages: z.array(
    z.object({
      channel: z.object({ name: z.string(), kind: channelKind }),
      /** `fired`, `reminder-1`, …, `resolved`. */
      notice: z.string(),
      status: noticeStatus,
      isHeld: z.boolean(),
      attempts: z.number(),
      failure: z.nullable(z.string()),
      createdAt: instant,
      nextAttemptAt: z.nullable(instant),
      sentAt: z.nullable(instant),
    }),
  ),
});
export type AlertDetails = z.infer<typeof alertDetails>;

/** `GET /alerts/summary`. `open`: those that fire and nobody has acknowledged. */
export const alertSummary = z.object({ firing: z.number(), open: z.number() });
export type AlertSummary = z.infer<typeof alertSummary>;

export const alertParameter = z.object({
  name: z.string(),
  label: z.string(),
  unit: z.enum(["percent", "minutes", "hours", "days", "milliseconds", "count"]),
  value: z.number(),
  standard: z.number(),
  least: z.number(),
  most: z.number(),
});
export type AlertParameter = z.infer<typeof alertParameter>;

/** A rule as it holds. Each site has all of them from its first day; `isStandard`: nobody has changed this one. */
export const alertRule = z.object({
  kind: alertKind,
  name: z.string(),
  /** When it tells whom, in a sentence. */
  words: z.string(),
  /** `account`: it is one rule for all sites. */
  scope: z.enum(["site", "account", "installation"]),
  isEnabled: z.boolean(),
  isStandard: z.boolean(),
  parameters: z.array(alertParameter),
  /** Ids of channels; null: all there are. */
  channels: z.nullable(z.array(z.string())),
});
export type AlertRule = z.infer<typeof alertRule>;

export const alertRules = z.object({ items: z.array(alertRule) });

/** `PUT /sites/:id/alert-rules/:kind`: whole; a number that is absent is the standard. */
export const saveAlertRuleRequest = z.object({
  isEnabled: z.boolean(),
  parameters: z.optional(z.record(z.string(), z.number().check(z.minimum(0), z.maximum(1_000_000)))),
  channels: z.optional(z.nullable(z.array(z.string()).check(z.maxLength(50)))),
});
export type SaveAlertRuleRequest = z.infer<typeof saveAlertRuleRequest>;

const clock = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));

/** By the clock of a zone, `22:00` to `07:00`: over midnight where the end comes first. */
export const quietHours = z.object({ from: clock, to: clock, timeZone: z.string().check(z.maxLength(64)) });
export type QuietHours = z.infer<typeof quietHours>;

export const alertChannel = z.object({
  id: z.string(),
  kind: channelKind,
  name: z.string(),
  /** An e-mail address; of the others host and last characters, because the rest is as good as a password. */
  target: z.string(),
  quietHours: z.nullable(quietHours),
  createdAt: instant,
  /** What became of the last message. */
  last: z.nullable(
    z.object({
      status: z.enum(["waiting", "sent", "failed", "unknown"]),
      at: instant,
      failure: z.nullable(z.string()),
    }),
  ),
});
export type AlertChannel = z.infer<typeof alertChannel>;

export const alertChannels = z.object({ items: z.array(alertChannel) });

/** `POST /alert-channels` → 201. `target`: an e-mail address, or an https address. */
export const createChannelRequest = z.object({
  kind: channelKind,
  name: line(80),
  target: z.string().check(z.trim(), z.minLength(1), z.maxLength(2_048)),
  quietHours: z.optional(z.nullable(quietHours)),
});
export type CreateChannelRequest = z.infer<typeof createChannelRequest>;

/** A webhook's secret is shown here, and never again. */
export const createdChannel = z.extend(alertChannel, { secret: z.nullable(z.string()) });
export type CreatedChannel = z.infer<typeof createdChannel>;

/** `PATCH /alert-channels/:id`: what is absent stays. */
export const updateChannelRequest = z.partial(
  z.object({
    name: line(80),
    target: z.string().check(z.trim(), z.minLength(1), z.maxLength(2_048)),
    quietHours: z.nullable(quietHours),
  }),
);
export type UpdateChannelRequest = z.infer<typeof updateChannelRequest>;

/** `POST /alert-channels/:id/secret` → the new one, shown once; the old one signs beside it until then. */
export const replacedSecret = z.object({ secret: z.string(), oldUntil: instant });
export type ReplacedSecret = z.infer<typeof replacedSecret>;

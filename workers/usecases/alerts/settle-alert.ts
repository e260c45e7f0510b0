import type { AlertCause, Judgement } from "#core/alerts/alert-cause.ts";
import { alertKey } from "#core/alerts/alert-kind.ts";
import { dueReminder, type Notice } from "#core/alerts/alert-notices.ts";
import { numberOf, type AlertNumbers } from "#core/alerts/alert-parameters.ts";
import { stepAlert, type AlertState, type AlertStep } from "#core/alerts/alert-state.ts";
import type { AlertRecord } from "#db/queries/alerts/alert-record.ts";
import type { AlertChange } from "#db/queries/alerts/apply-alert-changes.ts";
import type { Ids } from "#platform/ids.ts";
import { MINUTE_MS, type Measured } from "./measured.ts";
import type { RuleInForce } from "./rule-book.ts";

const HOUR_MS = 60 * MINUTE_MS;
/** A look may be late, and one may be left out. */
const GAPS = 2.5;

export type SettleInput = {
  measured: Measured;
  /** Null: nothing is open there. */
  open: AlertRecord | null;
  rule: RuleInForce;
  at: Date;
  ids: Pick<Ids, "publicId">;
};

export type Settled = {
  change: AlertChange;
  /** What is told of it, with the facts that it is told of; null: nothing. */
  notice: { notice: Notice; cause: AlertCause } | null;
  rule: RuleInForce;
};

/** What a measurement makes of an alert: what is written, and what is told; null when there is nothing to write. */
export function settleAlert(input: SettleInput): Settled | null {
  const { measured, open, rule, at } = input;
  const atMs = at.getTime();
  if (open !== null && atMs <= open.lookedAtMs) return null;
  const judgement: Judgement = rule.isEnabled ? measured.judge(rule.numbers) : { verdict: "gone" };
  const timing = timingOf(rule.numbers, measured.everyMs);
  const step = stepAlert(open && stateOf(open), { atMs, verdict: judgement.verdict }, timing);
  if (open === null) {
    // Nothing is open, and nothing begins.
    if (step.state === null || !("cause" in judgement)) return null;
    const { cause } = judgement;
    const change = begin(input, { state: step.state, cause, hasFired: step.transition === "fired" });
    return { change, notice: noticeOf(step, { cause, reminder: null }), rule };
  }
  const cause = "cause" in judgement ? judgement.cause : open.cause;
  const reminder = step.transition === null ? reminderOf(open, atMs, rule.numbers) : null;
  const change = goOn(input, { open, step, judgement, reminder });
  return { change, notice: noticeOf(step, { cause, reminder }), rule };
}

function timingOf(numbers: AlertNumbers, everyMs: number) {
  return {
    forMs: numberOf(numbers, "forMinutes") * MINUTE_MS,
    holdMs: numberOf(numbers, "holdMinutes") * MINUTE_MS,
    gapMs: GAPS * everyMs,
  };
}

function stateOf(open: AlertRecord): AlertState {
  const { badSinceMs, goodSinceMs, measuredAtMs, lookedAtMs } = open;
  const phase = open.status === "firing" ? "firing" : "pending";
  return { phase, badSinceMs, goodSinceMs, measuredAtMs, lookedAtMs };
}

function reminderOf(open: AlertRecord, atMs: number, numbers: AlertNumbers): number | null {
  const { firedAtMs, goodSinceMs, acknowledgedAtMs, reminders } = open;
  // What is on its way to be over is not said again.
  if (firedAtMs === null || goodSinceMs !== null) return null;
  return dueReminder(
    { firedAtMs, acknowledgedAtMs, reminders },
    atMs,
    numberOf(numbers, "repeatHours") * HOUR_MS,
  );
}

type Begun = { state: AlertState; cause: AlertCause; hasFired: boolean };

function begin({ measured, at, ids }: SettleInput, { state, cause, hasFired }: Begun): AlertChange {
  const { kind, accountId, siteId, subject, database, site } = measured;
  return {
    id: null,
    version: 0,
    publicId: ids.publicId("alt", at),
    accountId,
    siteId,
    sitePublicId: site?.publicId ?? null,
    siteName: site?.name ?? null,
    database,
    kind,
    subject,
    key: alertKey(measured),
    status: state.phase,
    resolution: null,
    cause,
    badSince: iso(state.badSinceMs),
    goodSince: null,
    firedAt: hasFired ? at.toISOString() : null,
    resolvedAt: null,
    measuredAt: at.toISOString(),
    lookedAt: at.toISOString(),
    missing: null,
    reminders: 0,
  };
}

type GoingOn = { open: AlertRecord; step: AlertStep; judgement: Judgement; reminder: number | null };

function goOn({ at }: SettleInput, { open, step, judgement, reminder }: GoingOn): AlertChange {
  const { id, version, publicId, accountId, siteId, sitePublicId, siteName, database, kind, subject, key } =
    open;
  // What ends it was measured now.
  const measuredAtMs = step.state === null ? at.getTime() : step.state.measuredAtMs;
  return {
    id,
    version,
    publicId,
    accountId,
    siteId,
    sitePublicId,
    siteName,
    database,
    kind,
    subject,
    key,
    ...endOf(step, at),
    // What was wrong stays: the facts that ended it are in the message.
    cause: judgement.verdict === "bad" ? judgement.cause : open.cause,
    badSince: iso(step.state === null ? open.badSinceMs : step.state.badSinceMs),
    goodSince: isoOrNull(step.state === null ? open.goodSinceMs : step.state.goodSinceMs),
    firedAt: step.transition === "fired" ? at.toISOString() : isoOrNull(open.firedAtMs),
    measuredAt: iso(measuredAtMs),
    lookedAt: at.toISOString(),
    missing: judgement.verdict === "missing" ? judgement.reason : null,
    reminders: reminder ?? open.reminders,
  };
}

type End = Pick<AlertChange, "status" | "resolution" | "resolvedAt">;

function endOf({ state, transition }: AlertStep, at: Date): End {
  if (state !== null) return { status: state.phase, resolution: null, resolvedAt: null };
  if (transition === "resolved")
    return { status: "resolved", resolution: "recovered", resolvedAt: at.toISOString() };
  if (transition === "closed")
    return { status: "resolved", resolution: "ended", resolvedAt: at.toISOString() };
  return { status: "dropped", resolution: null, resolvedAt: null };
}

function noticeOf(
  { transition }: AlertStep,
  { cause, reminder }: { cause: AlertCause; reminder: number | null },
): Settled["notice"] {
  if (transition === "fired") return { notice: "fired", cause };
  if (transition === "resolved") return { notice: "resolved", cause };
  return reminder === null ? null : { notice: `reminder-${reminder}`, cause };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}

import type { Alert, AlertDetails } from "#contract/alerts.ts";
import { alertPath, runbookPath } from "#core/alerts/alert-path.ts";
import { alertTitle, causeWords, MISSING_WORDS } from "#core/alerts/alert-words.ts";
import type { ShownDelivery } from "#db/queries/alerts/alert-deliveries.ts";
import type { AlertRecord } from "#db/queries/alerts/alert-record.ts";

/** An alert that was told of, as it is shown. */
export function showAlert(record: AlertRecord): Alert {
  const { cause, sitePublicId, siteName, subject, accountId } = record;
  const { kind: _kind, ...facts } = cause;
  return {
    id: record.publicId,
    kind: record.kind,
    status: record.status === "resolved" ? "resolved" : "firing",
    title: alertTitle(cause, { siteName, subject }),
    text: causeWords(cause),
    facts,
    site: sitePublicId === null ? null : { id: sitePublicId, name: siteName ?? "" },
    path: alertPath({ cause, site: sitePublicId, isOperators: accountId === null }),
    runbook: runbookPath(record.kind),
    firedAt: iso(record.firedAtMs ?? record.badSinceMs),
    resolvedAt: isoOrNull(record.resolvedAtMs),
    resolution: record.resolution,
    goodSince: isoOrNull(record.goodSinceMs),
    measuredAt: iso(record.measuredAtMs),
    missing: record.missing === null ? null : MISSING_WORDS[record.missing],
    acknowledgedAt: isoOrNull(record.acknowledgedAtMs),
    acknowledgedBy: record.acknowledgedBy,
  };
}

/** The same with every message about it. */
export function showAlertDetails(record: AlertRecord, messages: readonly ShownDelivery[]): AlertDetails {
  return {
    ...showAlert(record),
    messages: messages.map((message) => ({
      channel: { name: message.channelName, kind: message.channelKind },
      notice: message.notice,
      status: message.status,
      isHeld: message.isHeld,
      attempts: message.attempts,
      failure: message.failure,
      createdAt: iso(message.createdAtMs),
      nextAttemptAt: isoOrNull(message.nextAttemptAtMs),
      sentAt: isoOrNull(message.sentAtMs),
    })),
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}

import type { RecipientState } from "#contract/report-addresses.ts";
import type { Delivery, DeliveryFailure, Report } from "#contract/reports.ts";
import type { BadgeTone } from "#frontend/parts/badge-tone.ts";

export type StateWords = { label: string; tone: BadgeTone; explanation: string };

type ReportState = Report["status"] | "expired";

const REPORT_STATES: Readonly<Record<ReportState, StateWords>> = {
  pending: { label: "Building", tone: "warn", explanation: "Its figures are read and its files are made." },
  ready: { label: "Ready", tone: "good", explanation: "Its files stay as they are, to the cent." },
  failed: { label: "Failed", tone: "bad", explanation: "It could not be built; nothing was mailed." },
  skipped: {
    label: "Skipped",
    tone: "neutral",
    explanation: "Nothing happened in its days, and its schedule sends nothing then.",
  },
  expired: {
    label: "Expired",
    tone: "neutral",
    explanation: "Its files were taken away after the days that the settings keep them.",
  },
};

export function reportState({ status, expiredAt }: Pick<Report, "status" | "expiredAt">): StateWords {
  return REPORT_STATES[expiredAt === null ? status : "expired"];
}

export function isReadable({ status, expiredAt }: Pick<Report, "status" | "expiredAt">): boolean {
  return status === "ready" && expiredAt === null;
}

/** Building, or its mails are on their way. What waits for an answer of its recipient may wait for days. */
export function isUnderWay(report: Pick<Report, "status" | "deliveries">): boolean {
  return (
    report.status === "pending" ||
    (report.status === "ready" &&
      report.deliveries.some(
        ({ status, failureKind }) =>
          (status === "pending" || status === "built") && failureKind !== "not_confirmed",
      ))
  );
}

/** A delivery in a word. A mail that came back counts as what happened last. */
export function deliveryState(delivery: Delivery): StateWords {
  if (delivery.complainedAt !== null) {
    return { label: "Marked as spam", tone: "bad", explanation: "The reader complained to their provider." };
  }
  if (delivery.bouncedAt !== null) {
    return { label: "Bounced", tone: "bad", explanation: "The mailbox sent it back." };
  }
  if (delivery.status === "built" && delivery.failureKind === "not_confirmed") {
    return {
      label: "Waits for consent",
      tone: "warn",
      explanation: "It goes out once the recipient has agreed, within seven days.",
    };
  }
  return DELIVERY_STATES[delivery.status];
}

const DELIVERY_STATES: Readonly<Record<Delivery["status"], StateWords>> = {
  pending: { label: "Waiting", tone: "warn", explanation: "Its report is not built yet." },
  built: { label: "Sending", tone: "warn", explanation: "The report is built; the mail goes out next." },
  sent: { label: "Sent", tone: "good", explanation: "The mail provider has taken it." },
  failed: { label: "Failed", tone: "bad", explanation: "It was not sent, and will not be by itself." },
  unknown: {
    label: "Not known",
    tone: "warn",
    explanation: "The provider did not answer in time: nobody can say whether the mail went out.",
  },
};

const TODO: Readonly<Record<DeliveryFailure, string>> = {
  rejected: "Check the address, then send it again.",
  not_built: "Look at why the report failed, then make it again.",
  deleted: "The report was deleted; make another one.",
  expired: "It waited too long; send it again.",
  not_confirmed: "The address has not agreed. Ask it once more in Settings › Reports.",
  unsubscribed: "They do not want these mails. Only they can change it, by the link in a mail.",
  suppressed: "Mail to this address bounced. Try it again in Settings › Reports once the mailbox works.",
  files_gone: "The files are gone; make the report anew.",
  too_large: "Send fewer files, or share the report by a link.",
};

/** What a person can do about a mail; null: nothing to do. */
export function deliveryTodo({ status, failureKind }: Delivery): string | null {
  if (status === "unknown") {
    return "Ask the recipient. If it is not there, send it again: the worst case is that they get it twice.";
  }
  return status === "failed" && failureKind !== null ? TODO[failureKind] : null;
}

/** "3 sent, 1 not known": the worst stands last, where the eye ends. */
export function deliveriesSummary(deliveries: readonly Delivery[]): string {
  const counts = new Map<string, number>();
  for (const delivery of deliveries) {
    const label = deliveryState(delivery).label.toLowerCase();
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts].map(([label, count]) => `${count} ${label}`).join(", ");
}

const RECIPIENT_STATES: Readonly<Record<RecipientState, StateWords>> = {
  member: {
    label: "Member",
    tone: "good",
    explanation: "Works in this account: gets reports without asking.",
  },
  confirmed: { label: "Agreed", tone: "good", explanation: "Has agreed to get this account's reports." },
  waiting: {
    label: "Waiting",
    tone: "warn",
    explanation: "Has been asked, or will be with the first report, and has not agreed yet.",
  },
  unsubscribed: {
    label: "Unsubscribed",
    tone: "neutral",
    explanation: "Has said no; only they can change it.",
  },
  bounced: { label: "Bounced", tone: "bad", explanation: "Mail to this address came back." },
  complained: {
    label: "Complained",
    tone: "bad",
    explanation: "Marked a report as spam: gets none any more.",
  },
};

export function recipientWords(state: RecipientState): StateWords {
  return RECIPIENT_STATES[state];
}

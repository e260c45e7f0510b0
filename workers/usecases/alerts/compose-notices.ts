import type { AlertCause } from "#core/alerts/alert-cause.ts";
import type { AlertMessage } from "#core/alerts/alert-message.ts";
import type { Notice } from "#core/alerts/alert-notices.ts";
import { alertPath, runbookPath } from "#core/alerts/alert-path.ts";
import { alertTitle, causeWords } from "#core/alerts/alert-words.ts";
import { quietUntil, type QuietHours } from "#core/alerts/quiet-hours.ts";
import type { ChannelRecord } from "#db/queries/alerts/alert-channels.ts";
import type { AlertChange, NewAlertDelivery } from "#db/queries/alerts/apply-alert-changes.ts";
import type { Ids } from "#platform/ids.ts";
import type { Settled } from "./settle-alert.ts";

export type ToldChannel = Pick<ChannelRecord, "id" | "accountId" | "quietFrom" | "quietTo" | "quietZone">;

export type NoticeFacts = {
  channels: readonly ToldChannel[];
  appOrigin: string;
  at: Date;
  ids: Pick<Ids, "publicId">;
};

/** What is to be told of one change, channel by channel. Quiet hours hold back; what repeats is left out in them. */
export function composeNotices({ change, notice, rule }: Settled, facts: NoticeFacts): NewAlertDelivery[] {
  if (notice === null) return [];
  const { at, ids, appOrigin } = facts;
  const message = composeMessage(change, { ...notice, at, appOrigin });
  const channels = facts.channels.filter(
    ({ id, accountId }) => accountId === change.accountId && (rule.channelIds?.includes(id) ?? true),
  );
  return channels.flatMap((channel) => {
    const untilMs = quietUntil(quietOf(channel), at.getTime());
    if (untilMs !== null && notice.notice.startsWith("reminder")) return [];
    return {
      publicId: ids.publicId("ald", at),
      alert: change.publicId,
      channelId: channel.id,
      notice: notice.notice,
      message,
      isHeld: untilMs !== null,
      nextAttemptAt: new Date(untilMs ?? at.getTime()).toISOString(),
    };
  });
}

/** The quiet hours of a channel; null: it has none. */
export function quietOf({
  quietFrom,
  quietTo,
  quietZone,
}: Omit<ToldChannel, "id" | "accountId">): QuietHours | null {
  if (quietFrom === null || quietTo === null || quietZone === null) return null;
  return { fromMinute: quietFrom, toMinute: quietTo, timeZone: quietZone };
}

type MessageFacts = { notice: Notice; cause: AlertCause; at: Date; appOrigin: string };

function composeMessage(change: AlertChange, { notice, cause, at, appOrigin }: MessageFacts): AlertMessage {
  const { sitePublicId, siteName, subject, accountId } = change;
  const site = sitePublicId === null ? null : { id: sitePublicId, name: siteName ?? "" };
  // What is over leads to what was wrong.
  const view = { cause: change.cause, site: sitePublicId, isOperators: accountId === null };
  return {
    notice: notice === "fired" || notice === "resolved" ? notice : "reminder",
    alertId: change.publicId,
    kind: change.cause.kind,
    title: alertTitle(change.cause, { siteName, subject }),
    text: causeWords(cause),
    at: at.toISOString(),
    firedAt: change.firedAt,
    resolvedAt: change.resolvedAt,
    site,
    url: `${appOrigin}${alertPath(view)}`,
    runbookUrl: `${appOrigin}${runbookPath(change.cause.kind)}`,
    facts: cause,
  };
}

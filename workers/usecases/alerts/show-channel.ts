import type { AlertChannel, QuietHours } from "#contract/alerts.ts";
import { maskedUrl } from "#core/alerts/webhook-target.ts";
import type { ChannelRecord } from "#db/queries/alerts/alert-channels.ts";

/** A channel without what is as good as a password. */
export function showChannel(record: ChannelRecord): AlertChannel {
  const { publicId, kind, name, target, createdAtMs, lastStatus, lastAtMs, lastFailure } = record;
  return {
    id: publicId,
    kind,
    name,
    target: kind === "mail" ? target : maskedUrl(target),
    quietHours: quietHoursOf(record),
    createdAt: new Date(createdAtMs).toISOString(),
    last:
      lastStatus === null
        ? null
        : { status: lastStatus, at: new Date(lastAtMs ?? createdAtMs).toISOString(), failure: lastFailure },
  };
}

function quietHoursOf({ quietFrom, quietTo, quietZone }: ChannelRecord): QuietHours | null {
  if (quietFrom === null || quietTo === null || quietZone === null) return null;
  return { from: clockOf(quietFrom), to: clockOf(quietTo), timeZone: quietZone };
}

function clockOf(minute: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

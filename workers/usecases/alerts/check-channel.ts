import type { ChannelKind, QuietHours as GivenQuietHours } from "#contract/alerts.ts";
import type { QuietHours } from "#core/alerts/quiet-hours.ts";
import { webhookTarget, type WebhookFault } from "#core/alerts/webhook-target.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { isTimeZone } from "#core/time/site-day.ts";
import { addressStates } from "#usecases/delivery/address-states.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";

export type ChannelRefusal =
  | { kind: "invalid_address" }
  | { kind: "address_not_agreed"; address: string }
  | { kind: "invalid_target"; fault: WebhookFault }
  | { kind: "invalid_time_zone"; timeZone: string }
  | { kind: "too_many_channels" };

export type TargetQuestion = { accountId: number | null; kind: ChannelKind; target: string };

/** Where messages may go: to an address of the account's own people, or who agreed; to an https address outside. */
export async function checkTarget(
  deps: Pick<Deps, "databases" | "settings">,
  { accountId, kind, target }: TargetQuestion,
): Promise<Result<string, ChannelRefusal>> {
  if (kind !== "mail") {
    const checked = webhookTarget(target, { allowsLocal: isLocal(deps) });
    return checked.ok ? checked : fail({ kind: "invalid_target", fault: checked.error });
  }
  const address = target.toLowerCase();
  if (address.length > 254 || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address))
    return fail({ kind: "invalid_address" });
  // Who runs the installation knows whom to mail to; anybody else could mail strangers.
  if (accountId === null) return ok(address);
  const state = (await addressStates(controlDatabase(deps), accountId, [address])).get(address);
  const mayBeMailed = state === "member" || state === "confirmed";
  return mayBeMailed ? ok(address) : fail({ kind: "address_not_agreed", address });
}

/** Hours as minutes of the day; a zone that nobody knows is refused. */
export function checkQuietHours(given: GivenQuietHours | null): Result<QuietHours | null, ChannelRefusal> {
  if (given === null) return ok(null);
  const { from, to, timeZone } = given;
  if (!isTimeZone(timeZone)) return fail({ kind: "invalid_time_zone", timeZone });
  return ok({ fromMinute: minuteOf(from), toMinute: minuteOf(to), timeZone });
}

function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}

/** Only a local stage may be served in plain http. */
function isLocal({ settings }: Pick<Deps, "settings">): boolean {
  return settings.appOrigin.startsWith("http:");
}

import type { ReplacedSecret } from "#contract/alerts.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { replaceSecret } from "#db/queries/alerts/alert-channels.ts";
import { controlDatabase } from "#usecases/deps.ts";
import { noteAlertChange } from "./alert-asker.ts";
import {
  findChannel,
  newSecret,
  type ChannelDeps,
  type ChannelNotFound,
  type OneChannel,
} from "./one-channel.ts";

const DAY_MS = 86_400_000;

/** Gives a webhook another secret. The old one signs beside it for a day, so that no message fails meanwhile. */
export async function replaceChannelSecret(
  deps: ChannelDeps,
  one: OneChannel,
): Promise<Result<ReplacedSecret, ChannelNotFound | { kind: "no_secret" }>> {
  const found = await findChannel(deps, one);
  if (found === null) return fail({ kind: "channel_not_found" });
  if (found.kind !== "webhook") return fail({ kind: "no_secret" });
  const secret = newSecret(deps.ids);
  const until = new Date(deps.clock.now().getTime() + DAY_MS);
  await replaceSecret(controlDatabase(deps), { id: found.id, secret, until });
  await noteAlertChange(deps, one.asker, { action: "alert_channel.replace_secret", subject: found.publicId });
  return ok({ secret, oldUntil: until.toISOString() });
}

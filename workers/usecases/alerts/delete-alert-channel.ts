import { fail, ok, type Result } from "#core/result.ts";
import { deleteChannel } from "#db/queries/alerts/alert-channels.ts";
import { controlDatabase } from "#usecases/deps.ts";
import { noteAlertChange } from "./alert-asker.ts";
import { findChannel, type ChannelDeps, type ChannelNotFound, type OneChannel } from "./one-channel.ts";

/** Ends a channel, and what waits to be sent to it. */
export async function deleteAlertChannel(
  deps: ChannelDeps,
  one: OneChannel,
): Promise<Result<null, ChannelNotFound>> {
  const found = await findChannel(deps, one);
  if (found === null) return fail({ kind: "channel_not_found" });
  await deleteChannel(controlDatabase(deps), { id: found.id, at: deps.clock.now() });
  await noteAlertChange(deps, one.asker, { action: "alert_channel.delete", subject: found.publicId });
  return ok(null);
}

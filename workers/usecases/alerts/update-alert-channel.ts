import type { AlertChannel, UpdateChannelRequest } from "#contract/alerts.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { updateChannel } from "#db/queries/alerts/alert-channels.ts";
import { controlDatabase } from "#usecases/deps.ts";
import { noteAlertChange } from "./alert-asker.ts";
import { checkQuietHours, checkTarget, type ChannelRefusal } from "./check-channel.ts";
import {
  findChannel,
  writtenChannel,
  type ChannelDeps,
  type ChannelNotFound,
  type OneChannel,
} from "./one-channel.ts";
import { showChannel } from "./show-channel.ts";

/** Changes what is given. */
export async function updateAlertChannel(
  deps: ChannelDeps,
  { request, ...one }: OneChannel & { request: UpdateChannelRequest },
): Promise<Result<AlertChannel, ChannelRefusal | ChannelNotFound>> {
  const found = await findChannel(deps, one);
  if (found === null) return fail({ kind: "channel_not_found" });
  const { name, quietHours } = request;
  const { accountId, kind } = found;
  const target =
    request.target === undefined
      ? null
      : await checkTarget(deps, { accountId, kind, target: request.target });
  if (target?.ok === false) return target;
  const quiet = quietHours === undefined ? null : checkQuietHours(quietHours);
  if (quiet?.ok === false) return quiet;

  const changes = { name, target: target?.value, quiet: quiet?.value };
  await updateChannel(controlDatabase(deps), { id: found.id, changes, at: deps.clock.now() });
  const detail = { fields: Object.keys(request) };
  await noteAlertChange(deps, one.asker, { action: "alert_channel.update", subject: found.publicId, detail });
  return ok(showChannel(await writtenChannel(deps, one)));
}

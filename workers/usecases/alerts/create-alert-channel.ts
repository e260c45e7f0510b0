import type { CreateChannelRequest, CreatedChannel } from "#contract/alerts.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { insertChannel, listChannels } from "#db/queries/alerts/alert-channels.ts";
import { controlDatabase } from "#usecases/deps.ts";
import { noteAlertChange, ownerOf, type AlertAsker } from "./alert-asker.ts";
import { checkQuietHours, checkTarget, type ChannelRefusal } from "./check-channel.ts";
import { newSecret, writtenChannel, type ChannelDeps } from "./one-channel.ts";
import { showChannel } from "./show-channel.ts";

const MOST_CHANNELS = 20;

/** Adds a channel; a webhook's secret is in the answer, and never again. */
export async function createAlertChannel(
  deps: ChannelDeps,
  { asker, request }: { asker: AlertAsker; request: CreateChannelRequest },
): Promise<Result<CreatedChannel, ChannelRefusal>> {
  const control = controlDatabase(deps);
  const accountId = ownerOf(asker);
  const { kind, name, quietHours = null } = request;
  const target = await checkTarget(deps, { accountId, kind, target: request.target });
  if (!target.ok) return target;
  const quiet = checkQuietHours(quietHours);
  if (!quiet.ok) return quiet;
  if ((await listChannels(control, accountId)).length >= MOST_CHANNELS)
    return fail({ kind: "too_many_channels" });

  const at = deps.clock.now();
  const publicId = deps.ids.publicId("ach", at);
  const secret = kind === "webhook" ? newSecret(deps.ids) : null;
  await insertChannel(control, {
    publicId,
    accountId,
    kind,
    name,
    target: target.value,
    secret,
    quiet: quiet.value,
    at,
  });
  await noteAlertChange(deps, asker, {
    action: "alert_channel.create",
    subject: publicId,
    detail: { kind, name },
  });
  return ok({ ...showChannel(await writtenChannel(deps, { asker, channelId: publicId })), secret });
}

import type { AlertChannel } from "#contract/alerts.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { insertTestDelivery } from "#db/queries/alerts/alert-deliveries.ts";
import { afterCommit } from "#usecases/campaigns/after-commit.ts";
import { controlDatabase } from "#usecases/deps.ts";
import { noteAlertChange } from "./alert-asker.ts";
import {
  findChannel,
  writtenChannel,
  type ChannelDeps,
  type ChannelNotFound,
  type OneChannel,
} from "./one-channel.ts";
import { showChannel } from "./show-channel.ts";

/** Sends a test to a channel, one a minute at most; what became of it the channel shows. */
export async function testAlertChannel(
  deps: ChannelDeps,
  one: OneChannel,
): Promise<Result<AlertChannel, ChannelNotFound>> {
  const found = await findChannel(deps, one);
  if (found === null) return fail({ kind: "channel_not_found" });
  const at = deps.clock.now();
  const deliveryId = deps.ids.publicId("ald", at);
  const place = one.asker.kind === "account" ? "/alerts" : "/admin/alerts";
  const isNew = await insertTestDelivery(controlDatabase(deps), {
    publicId: deliveryId,
    channelId: found.id,
    notice: `test-${at.toISOString().slice(0, 16)}Z`,
    message: {
      notice: "test",
      alertId: null,
      kind: null,
      title: found.name,
      text: "Alerts reach this channel. Nothing is wrong.",
      at: at.toISOString(),
      firedAt: null,
      resolvedAt: null,
      site: null,
      url: `${deps.settings.appOrigin}${place}?tab=channels`,
      runbookUrl: null,
      facts: null,
    },
    at,
  });
  if (isNew) {
    await afterCommit(deps, "deliver_alert", () =>
      deps.workQueue.send({ v: 1, kind: "deliver-alert", deliveryId }),
    );
    await noteAlertChange(deps, one.asker, { action: "alert_channel.test", subject: found.publicId });
  }
  return ok(showChannel(await writtenChannel(deps, one)));
}

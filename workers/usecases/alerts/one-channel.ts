import { findChannel as selectChannel, type ChannelRecord } from "#db/queries/alerts/alert-channels.ts";
import type { Ids } from "#platform/ids.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { ownerOf, type AlertAsker } from "./alert-asker.ts";

export type ChannelDeps = Pick<Deps, "databases" | "clock" | "ids" | "log" | "workQueue" | "settings">;
export type ChannelNotFound = { kind: "channel_not_found" };
/** `channelId`: public id. */
export type OneChannel = { asker: AlertAsker; channelId: string };

const SECRET_BYTES = 32;

/** The asker's channel; null when there is none or it is another's. */
export async function findChannel(
  deps: Pick<Deps, "databases">,
  { asker, channelId }: OneChannel,
): Promise<ChannelRecord | null> {
  return await selectChannel(controlDatabase(deps), { accountId: ownerOf(asker), publicId: channelId });
}

/** The same where it was just written. */
export async function writtenChannel(deps: Pick<Deps, "databases">, one: OneChannel): Promise<ChannelRecord> {
  const found = await findChannel(deps, one);
  if (found === null) throw new Error(`Channel ${one.channelId} is not there after it was written`);
  return found;
}

/** What a webhook's messages are signed with. */
export function newSecret(ids: Pick<Ids, "secretHex">): string {
  return `whsec_${ids.secretHex(SECRET_BYTES)}`;
}

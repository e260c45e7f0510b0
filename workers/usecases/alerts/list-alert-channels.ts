import type { AlertChannel } from "#contract/alerts.ts";
import { listChannels } from "#db/queries/alerts/alert-channels.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { ownerOf, type AlertAsker } from "./alert-asker.ts";
import { showChannel } from "./show-channel.ts";

/** Where alerts of an owner go. */
export async function listAlertChannels(
  deps: Pick<Deps, "databases">,
  { asker }: { asker: AlertAsker },
): Promise<AlertChannel[]> {
  return (await listChannels(controlDatabase(deps), ownerOf(asker))).map(showChannel);
}

import { insertStandardChannels, listWithoutChannel } from "#db/queries/alerts/standard-channels.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";

const CHANNELS_A_RUN = 100;

/**
 * Gives who hears of nothing a channel: the confirmed owner of an account that never had one, and each superadmin, their
 * own address. By the minute's cron and not at sign-up, so that it holds however an account or a right came about.
 */
export async function ensureStandardChannels(deps: Pick<Deps, "databases" | "clock" | "ids">): Promise<void> {
  const control = controlDatabase(deps);
  const at = deps.clock.now();
  const without = await listWithoutChannel(control, CHANNELS_A_RUN);
  if (without.length === 0) return;
  const channels = without.map((one) => ({ ...one, publicId: deps.ids.publicId("ach", at) }));
  await insertStandardChannels(control, { channels, at });
}

import { forgetAliases } from "#db/queries/visitors/forget-aliases.ts";
import type { Deps } from "#usecases/deps.ts";
import { eachApart } from "#usecases/each-apart.ts";

/** As long as the salts: then nobody can tell any more that two days' hashes are one browser. */
const KEPT_MS = 2 * 86_400_000;

/** Forgets which hashes of two days were one browser, except where one visit has them both (decisions 13). */
export async function forgetOldAliases(deps: Pick<Deps, "databases" | "clock">): Promise<void> {
  const seenBefore = new Date(deps.clock.now().getTime() - KEPT_MS);
  await eachApart(deps.databases.names(), async (name) => {
    await forgetAliases(deps.databases.named(name), seenBefore);
  });
}

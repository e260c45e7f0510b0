import type { Deps } from "#usecases/deps.ts";

/**
 * Does what follows from a change that is already committed. Its failure is told to the operators and not to whoever
 * asked: the change is made, asking again would be refused, and a cron finds by the stored versions what was left out.
 */
export async function afterCommit(
  deps: Pick<Deps, "log">,
  name: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    // A failed statement carries its parameters in its message: only the error's name is written.
    deps.log("warn", "after_commit_failed", {
      work: name,
      error: error instanceof Error ? error.name : "unknown",
    });
  }
}

/** Has the site's sources matched anew, after a change of what its campaigns answer to. */
export async function rematchSources(
  deps: Pick<Deps, "log" | "workQueue">,
  site: { siteId: number; database: string },
): Promise<void> {
  await afterCommit(deps, "rematch_sources", () =>
    deps.workQueue.send({ v: 1, kind: "rematch-sources", database: site.database, siteId: site.siteId }),
  );
}

import type { Run } from "#contract/runs.ts";
import { listRuns as selectRuns } from "#db/queries/runs/find-run.ts";
import type { Deps } from "#usecases/deps.ts";
import { DEFAULT_PAGE_SIZE, pageOf, type Page } from "#usecases/page.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import { showRun } from "./show-run.ts";

type ListRunsInput = { site: SiteRef; afterId: number | null; limit: number | undefined };

/** A page of a site's runs, newest first. */
export async function listRuns(
  deps: Pick<Deps, "databases">,
  { site, afterId, limit = DEFAULT_PAGE_SIZE }: ListRunsInput,
): Promise<Page<Run>> {
  const db = deps.databases.named(site.database);
  const rows = await selectRuns(db, { siteId: site.siteId, afterId, limit: limit + 1 });
  const page = pageOf(rows, limit, ({ id }) => [id]);
  return { items: page.items.map(showRun), next: page.next };
}

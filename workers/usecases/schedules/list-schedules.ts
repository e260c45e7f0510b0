import type { Schedule } from "#contract/report-schedules.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { listSchedules as selectSchedules } from "#db/queries/schedules/list-schedules.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import { DEFAULT_PAGE_SIZE, pageOf, type Page } from "#usecases/page.ts";
import { findSite } from "#usecases/sites/find-site.ts";
import { showSchedules } from "./show-schedule.ts";

export type ListSchedulesInput = {
  principal: Principal;
  /** Public id; absent: all of the account. */
  site: string | undefined;
  /** The page key's only part: the last schedule's int. */
  afterId: number | null;
  limit: number | undefined;
};

/** A page of the account's schedules, newest first. */
export async function listSchedules(
  deps: Pick<Deps, "databases">,
  { principal, site, afterId, limit = DEFAULT_PAGE_SIZE }: ListSchedulesInput,
): Promise<Result<Page<Schedule>, { kind: "site_not_found" }>> {
  const found = site === undefined ? null : await findSite(deps, principal, site);
  if (site !== undefined && found === null) return fail({ kind: "site_not_found" });
  const { accountId, database } = principal;
  const rows = await selectSchedules(deps.databases.named(database), {
    accountId,
    siteId: found?.siteId ?? null,
    afterId,
    limit: limit + 1,
  });
  const page = pageOf(rows, limit, ({ id }) => [id]);
  return ok({ items: await showSchedules(deps, accountId, page.items), next: page.next });
}

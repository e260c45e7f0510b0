import type { Alert, AlertSummary } from "#contract/alerts.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { countFiring, listAlerts as selectAlerts } from "#db/queries/alerts/list-alerts.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { DEFAULT_PAGE_SIZE, pageOf, type Page } from "#usecases/page.ts";
import { findSite } from "#usecases/sites/find-site.ts";
import { ownerOf, type AlertAsker } from "./alert-asker.ts";
import { showAlert } from "./show-alert.ts";

export type ListAlertsInput = {
  asker: AlertAsker;
  status: "firing" | "resolved" | undefined;
  /** Public id; the operators' alerts are of no site. */
  site: string | undefined;
  afterId: number | null;
  limit: number | undefined;
};

/** A page of alerts, newest first. */
export async function listAlerts(
  deps: Pick<Deps, "databases">,
  { asker, status, site, afterId, limit = DEFAULT_PAGE_SIZE }: ListAlertsInput,
): Promise<Result<Page<Alert>, { kind: "site_not_found" }>> {
  const found =
    site === undefined || asker.kind === "operators" ? null : await findSite(deps, asker.principal, site);
  if (site !== undefined && found === null) return fail({ kind: "site_not_found" });
  const rows = await selectAlerts(controlDatabase(deps), {
    accountId: ownerOf(asker),
    status: status ?? null,
    siteId: found?.siteId ?? null,
    afterId,
    limit: limit + 1,
  });
  const page = pageOf(rows, limit, ({ id }) => [id]);
  return ok({ items: page.items.map(showAlert), next: page.next });
}

/** How many fire now. */
export async function countAlerts(
  deps: Pick<Deps, "databases">,
  { asker }: { asker: AlertAsker },
): Promise<AlertSummary> {
  return await countFiring(controlDatabase(deps), ownerOf(asker));
}

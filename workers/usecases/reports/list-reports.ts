import type { Report } from "#contract/reports.ts";
import type { ReportKind } from "#core/report/report-model.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { listReports as selectReports, type ReportFilter } from "#db/queries/reports/list-reports.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { findCampaign } from "#usecases/campaigns/find-campaign.ts";
import type { Deps } from "#usecases/deps.ts";
import { DEFAULT_PAGE_SIZE, pageOf, type Page } from "#usecases/page.ts";
import { findSite } from "#usecases/sites/find-site.ts";
import { showReport } from "./show-report.ts";

export type ListReportsInput = {
  principal: Principal;
  /** Public ids; absent: all. A campaign's are those that name it, alone or with others. */
  site?: string | undefined;
  campaign?: string | undefined;
  schedule?: string | undefined;
  kind?: ReportKind | undefined;
  status?: Report["status"] | undefined;
  /** The page key's only part: the last report's int. */
  afterId: number | null;
  limit: number | undefined;
};

export type ListReportsRefusal =
  | { kind: "site_not_found" }
  | { kind: "unknown_campaign"; campaignId: string };

/** A page of the account's reports, newest first. */
export async function listReports(
  deps: Pick<Deps, "databases">,
  { principal, limit = DEFAULT_PAGE_SIZE, ...asked }: ListReportsInput,
): Promise<Result<Page<Report>, ListReportsRefusal>> {
  const scope = await scopeOf(deps, { principal, ...asked });
  if (!scope.ok) return scope;
  const rows = await selectReports(deps.databases.named(principal.database), {
    accountId: principal.accountId,
    ...scope.value,
    schedule: asked.schedule ?? null,
    kind: asked.kind ?? null,
    status: asked.status ?? null,
    afterId: asked.afterId,
    limit: limit + 1,
  });
  const page = pageOf(rows, limit, ({ id }) => [id]);
  return ok({ items: page.items.map(showReport), next: page.next });
}

async function scopeOf(
  deps: Pick<Deps, "databases">,
  { principal, site, campaign }: Pick<ListReportsInput, "principal" | "site" | "campaign">,
): Promise<Result<Pick<ReportFilter, "siteId" | "campaignId">, ListReportsRefusal>> {
  const foundSite = site === undefined ? null : await findSite(deps, principal, site);
  if (site !== undefined && foundSite === null) return fail({ kind: "site_not_found" });
  const siteId = foundSite?.siteId ?? null;
  if (campaign === undefined) return ok({ siteId, campaignId: null });
  const found = await findCampaign(deps, principal, campaign);
  if (found === null || (siteId !== null && found.site.siteId !== siteId))
    return fail({ kind: "unknown_campaign", campaignId: campaign });
  return ok({ siteId: found.site.siteId, campaignId: found.campaign.id });
}

import type { FoundVisitor } from "#contract/visitors.ts";
import type { Databases } from "#db/database.ts";
import { loadIdentifyKey } from "#db/queries/sites/load-identify-key.ts";
import { listCustomerVisitors } from "#db/queries/visitors/list-customer-visitors.ts";
import type { CollectDeps } from "#usecases/collect/collect-deps.ts";
import { hashCustomer } from "#usecases/collect/hash-customer.ts";
import { pageOf, type Page } from "#usecases/page.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";

export type FindCustomerInput = {
  site: Pick<SiteRef, "siteId" | "database">;
  customer: string;
  afterVisitorId: string | null;
};

const VISITORS_A_PAGE = 100;

/** The visitors that a customer was identified as: whom to export or erase when the customer asks. */
export async function findCustomer(
  deps: Pick<CollectDeps, "hash"> & { databases: Databases },
  { site, customer, afterVisitorId }: FindCustomerInput,
): Promise<Page<FoundVisitor>> {
  const db = deps.databases.named(site.database);
  const identifyKey = await loadIdentifyKey(db, site.siteId);
  const personId = await hashCustomer(deps, { siteId: site.siteId, identifyKey }, customer);
  const question = { siteId: site.siteId, personId, afterVisitorId, limit: VISITORS_A_PAGE + 1 };
  const rows = await listCustomerVisitors(db, question);
  const page = pageOf(rows, VISITORS_A_PAGE, ({ visitorId }) => [visitorId]);
  return { ...page, items: page.items.map(({ visitorId, ...seen }) => ({ id: visitorId, ...seen })) };
}

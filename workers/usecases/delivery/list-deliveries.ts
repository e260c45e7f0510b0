import type { DeliveryStatus, ListedDelivery } from "#contract/reports.ts";
import { listDeliveries as selectDeliveries } from "#db/queries/deliveries/list-deliveries.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import { DEFAULT_PAGE_SIZE, pageOf, type Page } from "#usecases/page.ts";
import { showDelivery } from "./show-delivery.ts";

export type ListDeliveriesInput = {
  principal: Principal;
  /** Public id; undefined for all of the account. */
  reportId: string | undefined;
  status: DeliveryStatus | undefined;
  /** The page key's only part: the last delivery's int. */
  afterId: number | null;
  limit: number | undefined;
};

/** A page of the account's deliveries, newest first. */
export async function listDeliveries(
  deps: Pick<Deps, "databases">,
  { principal, reportId, status, afterId, limit = DEFAULT_PAGE_SIZE }: ListDeliveriesInput,
): Promise<Page<ListedDelivery>> {
  const db = deps.databases.named(principal.database);
  const { accountId } = principal;
  const rows = await selectDeliveries(db, { accountId, reportId, status, afterId, limit: limit + 1 });
  const page = pageOf(rows, limit, ({ id }) => [id]);
  return { items: page.items.map(showDelivery), next: page.next };
}

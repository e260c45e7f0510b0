import type { ReportAddress } from "#contract/report-addresses.ts";
import type { AddressRecord } from "#db/queries/mail-addresses/address-record.ts";
import { listAddresses as selectAddresses } from "#db/queries/mail-addresses/find-addresses.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { DEFAULT_PAGE_SIZE, pageOf, type Page } from "#usecases/page.ts";
import { stateOfAddress } from "./address-states.ts";

export type ListAddressesInput = {
  principal: Principal;
  /** The page key's only part: the last address's int. */
  afterId: number | null;
  limit: number | undefined;
};

/** A page of the addresses that the account has sent reports to, or wanted to, in the order they were first used. */
export async function listAddresses(
  deps: Pick<Deps, "databases">,
  { principal, afterId, limit = DEFAULT_PAGE_SIZE }: ListAddressesInput,
): Promise<Page<ReportAddress>> {
  const { accountId } = principal;
  const rows = await selectAddresses(controlDatabase(deps), { accountId, afterId, limit: limit + 1 });
  const page = pageOf(rows, limit, ({ id }) => [id]);
  return { items: page.items.map(showAddress), next: page.next };
}

function showAddress(record: AddressRecord): ReportAddress {
  return {
    id: record.publicId,
    address: record.address,
    state: stateOfAddress(record),
    askedAt: record.askedAt?.toISOString() ?? null,
    confirmedAt: record.confirmedAt?.toISOString() ?? null,
    unsubscribedAt: record.unsubscribedAt?.toISOString() ?? null,
    suppressedAt: record.suppressedAt?.toISOString() ?? null,
    suppressionReason: record.suppressionReason,
    createdAt: record.createdAt.toISOString(),
  };
}

import { fromHex, uuidFromBytes } from "#core/events/uuid-v7.ts";
import { normaliseCustomerKey } from "#core/privacy/customer-key.ts";
import type { CollectDeps } from "./collect-deps.ts";

/** What stands for a customer from here on: the hash of the key under the site's secret (decisions 15). */
export async function hashCustomer(
  deps: Pick<CollectDeps, "hash">,
  site: { siteId: number; identifyKey: string },
  customer: string,
): Promise<string> {
  const key = fromHex(site.identifyKey);
  if (key === null) throw new Error(`The identify key of site ${site.siteId} is not hex`);
  return uuidFromBytes(await deps.hash.hmacSha256(key, normaliseCustomerKey(customer)));
}

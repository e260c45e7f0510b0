import type { Site } from "#contract/sites.ts";
import { signIn, type WaymarkClient } from "#scripts/client/waymark-client.ts";
import { withClient } from "./with-client.ts";

export type FaultSite = { id: string; key: string; siteId: number; zoneOffsetMs: number };

const LOGIN = { email: "fault@waymark.example", password: "a-long-password" };
const NAMES = { name: "Fault", accountName: "Fault" };
/** Its hours begin at half past: a rollup that thinks in UTC hours is found out. */
const ZONE = { timeZone: "Asia/Kolkata", zoneOffsetMs: 5.5 * 3_600_000 };

/** Signs up whoever the sites of a fault suite belong to. */
export async function signUp(appOrigin: string): Promise<WaymarkClient> {
  return await signIn(appOrigin, LOGIN, NAMES);
}

/** A site of its own for each fault, so that every id can be counted. */
export async function createFaultSite(
  client: WaymarkClient,
  databaseUrl: string,
  name: string,
): Promise<FaultSite> {
  const site = await client.request<Site>("POST", "/sites", {
    name,
    domain: "shop.example",
    timeZone: ZONE.timeZone,
    currency: "EUR",
    identity: "first-party",
  });
  const siteId = await withClient(databaseUrl, async (database) => {
    const { rows } = await database.query<{ id: number }>("select id from site.sites where public_id = $1", [
      site.id,
    ]);
    return rows[0]?.id ?? 0;
  });
  return { id: site.id, key: site.key, siteId, zoneOffsetMs: ZONE.zoneOffsetMs };
}

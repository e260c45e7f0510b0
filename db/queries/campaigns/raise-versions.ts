import { sql, type SQL } from "drizzle-orm";

/** Says that sources must be matched anew: part of the batch that changes what campaigns answer to (decisions 22). */
export function raiseMatcherVersion(siteId: number): SQL {
  return sql`update site.sites set matcher_version = matcher_version + 1 where id = ${siteId}`;
}

/** Says that what spend or profit comes to has changed: part of the batch that changes a deal or a margin. */
export function raiseSpendVersion(siteId: number): SQL {
  return sql`update site.sites set spend_version = spend_version + 1 where id = ${siteId}`;
}

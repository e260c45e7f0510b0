/** A site that the asker may see, with what nearly every use case needs to know of it. */
export type SiteRef = {
  /** The int that leads every key of facts. */
  siteId: number;
  /** `site_…` */
  publicId: string;
  accountId: number;
  /** `deps.databases.named(site.database)` holds its facts. */
  database: string;
  siteKey: string;
  name: string;
  domain: string;
  timeZone: string;
  currency: string;
};

/** A site as use cases pass it on: resolved once, by the caller, for an account that may see it. */
export type SiteRef = {
  siteId: number;
  publicId: string;
  accountId: number;
  /** Name of the database that holds the site's data. */
  database: string;
  timeZone: string;
  currency: string;
};

import type { CreateSiteRequest, Site, UpdateSiteRequest } from "#contract/sites.ts";
import { call, invalidate } from "./client.ts";
import { paths } from "./paths.ts";

export async function createSite(body: CreateSiteRequest): Promise<Site> {
  const site = await call<Site>({ method: "POST", path: paths.sites, body });
  invalidate(paths.sites);
  return site;
}

export async function updateSite(siteId: string, body: UpdateSiteRequest): Promise<Site> {
  const site = await call<Site>({ method: "PATCH", path: paths.site(siteId), body });
  invalidate(paths.sites);
  return site;
}

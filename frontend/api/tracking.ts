import type { InstallCheck } from "#contract/tracking.ts";
import { call } from "./client.ts";

/** Looks at a page of the site as the internet sees it; without an address at its front page. */
export async function checkInstall(siteId: string, url: string | null): Promise<InstallCheck> {
  const body = url === null ? {} : { url };
  return await call<InstallCheck>({ method: "POST", path: `/sites/${siteId}/install-check`, body });
}

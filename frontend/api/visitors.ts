import { call } from "./client.ts";
import { paths } from "./paths.ts";

/** All that is known of one visitor, as it will be handed over. */
export async function exportVisitor(siteId: string, visitorId: string): Promise<unknown> {
  return await call<unknown>({ method: "GET", path: paths.visitorExport(siteId, visitorId) });
}

/** Takes one visitor's data away, raw and derived; the work may go on after the answer. */
export async function eraseVisitor(siteId: string, visitorId: string): Promise<void> {
  await call<unknown>({ method: "DELETE", path: `/sites/${siteId}/visitors/${visitorId}` });
}

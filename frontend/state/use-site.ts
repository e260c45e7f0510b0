import type { Site } from "#contract/sites.ts";
import { useWorkspace } from "./workspace.ts";

/** The site of a page that has one; `SiteGate` lets no such page through without. */
export function useSite(): Site {
  const { site } = useWorkspace();
  if (!site) throw new Error("useSite: no site is chosen");
  return site;
}

import { createContext } from "preact";
import { useContext } from "preact/hooks";

import type { Me } from "#contract/accounts.ts";
import type { Site } from "#contract/sites.ts";
import { dayInZone } from "#frontend/format/date.ts";
import type { Day } from "#frontend/format/day.ts";

/** Who is signed in, and what they see. */
export type Workspace = { me: Me; sites: readonly Site[]; site: Site | null };

export const WorkspaceContext = createContext<Workspace | null>(null);

/** For everything inside the frame. */
export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error("useWorkspace: outside of the frame");
  return workspace;
}

/** The day it is at the site. */
export function todayAt(site: Site): Day {
  return dayInZone(Date.now(), site.timeZone);
}

/** Viewers and clients look; the others change things. */
export function canEdit(me: Pick<Me, "role">): boolean {
  return me.role === "owner" || me.role === "admin" || me.role === "marketer";
}

export function canAdmin(me: Me): boolean {
  return me.role === "owner" || me.role === "admin";
}

const KEY = "waymark.site";

/** The site last looked at, for addresses that name none. */
export function rememberedSite(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function rememberSite(siteId: string): void {
  try {
    localStorage.setItem(KEY, siteId);
  } catch {
    // Without storage the first site is the default again next time.
  }
}

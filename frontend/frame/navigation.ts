import type { IconName } from "#frontend/parts/icon.tsx";

export type Place = { path: string; label: string; icon: IconName; key: string };

/** The rail, in its order. What a later release brings is not here until it is. */
export const PLACES: readonly Place[] = [
  { path: "/", label: "Overview", icon: "overview", key: "1" },
  { path: "/campaigns", label: "Campaigns", icon: "campaigns", key: "2" },
  { path: "/attribution", label: "Attribution", icon: "attribution", key: "3" },
  { path: "/links", label: "Links", icon: "links", key: "4" },
  { path: "/reports", label: "Reports", icon: "reports", key: "5" },
  { path: "/settings", label: "Settings", icon: "settings", key: "6" },
];

/** A campaign's page belongs to Campaigns. */
export function isCurrent(place: Place, path: string): boolean {
  return place.path === "/" ? path === "/" : path === place.path || path.startsWith(`${place.path}/`);
}

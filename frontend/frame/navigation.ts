import type { Me } from "#contract/accounts.ts";
import type { IconName } from "#frontend/parts/icon.tsx";

export type Place = {
  path: string;
  label: string;
  icon: IconName;
  key: string;
};

/** The rail, in its order. What a later release brings is not here until it is. */
export const PLACES: readonly Place[] = [
  { path: "/", label: "Overview", icon: "overview", key: "1" },
  { path: "/campaigns", label: "Campaigns", icon: "campaigns", key: "2" },
  { path: "/attribution", label: "Attribution", icon: "attribution", key: "3" },
  { path: "/journeys", label: "Journeys", icon: "journeys", key: "4" },
  { path: "/spend", label: "Spend", icon: "spend", key: "5" },
  { path: "/links", label: "Links", icon: "links", key: "6" },
  { path: "/reports", label: "Reports", icon: "reports", key: "7" },
  { path: "/tracking-health", label: "Tracking health", icon: "health", key: "8" },
  { path: "/alerts", label: "Alerts", icon: "alerts", key: "0" },
  { path: "/settings", label: "Settings", icon: "settings", key: "9" },
];

/** Apart from the rest, for whoever runs the installation. */
export const ADMIN_PLACES: readonly Omit<Place, "key">[] = [
  { path: "/admin/monitoring", label: "Monitoring", icon: "live" },
  { path: "/admin/product-metrics", label: "Product metrics", icon: "overview" },
  { path: "/admin/alerts", label: "Alerts", icon: "alerts" },
  { path: "/admin/dead-letters", label: "Dead letters", icon: "letters" },
  { path: "/admin/audit-log", label: "Admin acts", icon: "eye" },
];

/** What a person finds in the rail: alerts are not for clients. */
export function placesOf({ role }: Pick<Me, "role">): readonly Place[] {
  return PLACES.filter(({ path }) => role !== "client" || path !== "/alerts");
}

/** A campaign's page belongs to Campaigns. */
export function isCurrent(place: Pick<Place, "path">, path: string): boolean {
  return place.path === "/" ? path === "/" : path === place.path || path.startsWith(`${place.path}/`);
}

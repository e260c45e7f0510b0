import "./site-switcher.css";

import { useLocation } from "preact-iso";

import { readableHost } from "#frontend/format/host.ts";
import { Icon } from "#frontend/parts/icon.tsx";
import { Menu } from "#frontend/parts/menu.tsx";
import { canEdit, useWorkspace } from "#frontend/state/workspace.ts";

/** Which site is looked at. Going to another one keeps the page and the dates. */
export function SiteSwitcher() {
  const { me, sites, site } = useWorkspace();
  const { path, route } = useLocation();
  const target = path.startsWith("/campaigns/") ? "/campaigns" : path;
  const go = (siteId: string) => {
    const params = new URLSearchParams(location.search);
    params.set("site", siteId);
    route(`${target}?${params.toString()}`);
  };
  const groups = [
    sites.map((entry) => ({
      label: entry.name,
      current: entry.id === site?.id,
      onSelect: () => go(entry.id),
    })),
    canEdit(me) ? [{ label: "Add a site", icon: "plus" as const, href: "/welcome?step=site" }] : [],
  ];
  return (
    <div class="switcher">
      <Menu label="Switch site" groups={groups} align="start">
        <span class="sr-only">Switch site from</span>
        <span class="switcher-text">
          <span class="truncate">{site?.name ?? "No site yet"}</span>
          {site && <span class="truncate">{readableHost(site.domain)}</span>}
        </span>
        <Icon name="switch" size={16} />
      </Menu>
    </div>
  );
}

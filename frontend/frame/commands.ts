import type { Me } from "#contract/accounts.ts";
import type { Campaign } from "#contract/campaigns.ts";
import type { Site } from "#contract/sites.ts";
import type { IconName } from "#frontend/parts/icon.tsx";
import { canEdit } from "#frontend/state/workspace.ts";
import { ADMIN_PLACES, placesOf, type Place } from "./navigation.ts";

export type Command = { id: string; label: string; hint: string; icon: IconName; run: () => void };

type Sources = {
  sites: readonly Site[];
  campaigns: readonly Campaign[];
  go: (path: string, change?: Record<string, string | null>) => void;
  toggleTheme: () => void;
  me: Pick<Me, "role" | "superadmin">;
};

/** Everything the palette can do here. */
export function listCommands(sources: Sources): Command[] {
  const { sites, campaigns, go, toggleTheme, me } = sources;
  const leading = (hint: string) => (place: Omit<Place, "key">) => ({
    id: place.path,
    label: place.label,
    hint,
    icon: place.icon,
    run: () => go(place.path),
  });
  const places = [
    ...placesOf(me).map(leading("Page")),
    ...(me.superadmin ? ADMIN_PLACES.map(leading("Installation")) : []),
  ];
  const named = campaigns.map((campaign) => ({
    id: campaign.id,
    label: campaign.name,
    hint: "Campaign",
    icon: "campaigns" as const,
    run: () => go(`/campaigns/${campaign.id}/analytics`),
  }));
  const others = sites.map((site) => ({
    id: site.id,
    label: site.name,
    hint: "Site",
    icon: "switch" as const,
    run: () => go("/", { site: site.id }),
  }));
  const actions: Command[] = [
    { id: "account", label: "Account settings", hint: "Page", icon: "account", run: () => go("/account") },
    {
      id: "docs",
      label: "Documentation",
      hint: "Page",
      icon: "reports",
      run: () => location.assign("/docs/"),
    },
    { id: "theme", label: "Switch light and dark", hint: "Action", icon: "moon", run: toggleTheme },
  ];
  return [...places, ...(canEdit(me) ? makingCommands(go) : []), ...named, ...others, ...actions];
}

function makingCommands(go: Sources["go"]): Command[] {
  return [
    {
      id: "new-campaign",
      label: "New campaign",
      hint: "Action",
      icon: "plus",
      run: () => go("/campaigns/new"),
    },
    {
      id: "new-site",
      label: "Add a site",
      hint: "Action",
      icon: "plus",
      run: () => go("/welcome", { step: "site" }),
    },
  ];
}

/** All words of the query somewhere in label or hint; those that begin with it first. */
export function matchCommands(commands: readonly Command[], query: string): Command[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = commands.filter(({ label, hint }) => {
    const text = `${label} ${hint}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const [first = ""] = words;
  return fits.toSorted((a, b) => rank(a, first) - rank(b, first));
}

function rank(command: Command, word: string): number {
  return command.label.toLowerCase().startsWith(word) ? 0 : 1;
}

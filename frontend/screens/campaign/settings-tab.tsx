import type { Campaign } from "#contract/campaigns.ts";
import type { Site } from "#contract/sites.ts";
import { useLedTo } from "#frontend/parts/use-led-to.ts";
import { LinksPanel } from "#frontend/screens/links/links-panel.tsx";
import { useQuery } from "#frontend/state/use-query.ts";
import { ArchiveCard } from "./archive-card.tsx";
import { DetailsCard } from "./details-card.tsx";
import { MatchersCard } from "./matchers-card.tsx";
import { SpendCard } from "./spend-card.tsx";

/** Everything that can be changed about a campaign. `part` in the URL leads to one of its cards. */
export function SettingsTab({ campaign, site }: { campaign: Campaign; site: Site }) {
  const [query] = useQuery();
  useLedTo(query.part);
  return (
    <div class="stack" style={{ maxWidth: "860px" }}>
      <DetailsCard campaign={campaign} />
      <MatchersCard campaign={campaign} />
      <LinksPanel site={site} campaign={campaign} />
      <SpendCard campaign={campaign} site={site} />
      <ArchiveCard campaign={campaign} />
    </div>
  );
}

import { Page } from "#frontend/frame/page.tsx";
import { useSite } from "#frontend/state/use-site.ts";
import { LinksPanel } from "./links-panel.tsx";

/** All short links of the site. */
export function LinksScreen() {
  const site = useSite();
  return (
    <Page title="Links">
      <LinksPanel key={site.id} site={site} campaign={null} />
    </Page>
  );
}

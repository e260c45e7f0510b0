import type { CampaignAnalytics } from "#contract/analytics.ts";
import type { Campaign } from "#contract/campaigns.ts";
import { LinkButton } from "#frontend/parts/button.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { useHref } from "#frontend/state/links.ts";

/** A campaign that nothing has reached yet says what to do, instead of showing a page of dashes alone. */
export function MeasureNotice({ campaign, figures }: { campaign: Campaign; figures: CampaignAnalytics }) {
  const href = useHref();
  const { kpis } = figures;
  if (kpis.visitors + kpis.clicks + kpis.impressions + kpis.conversions > 0) return null;
  const settings = href(`/campaigns/${campaign.id}/settings`, { part: "links" });
  return (
    <Notice
      title="Nothing on these days."
      action={
        <LinkButton small href={settings}>
          Links and codes
        </LinkButton>
      }
    >
      Visitors count as soon as they come through a link or a code of this campaign.
    </Notice>
  );
}

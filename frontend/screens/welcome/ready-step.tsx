import type { ComponentChildren } from "preact";

import type { Campaign } from "#contract/campaigns.ts";
import type { Link } from "#contract/links.ts";
import type { Site } from "#contract/sites.ts";
import { withUtm } from "#core/campaigns/link-destination.ts";
import { paths } from "#frontend/api/paths.ts";
import type { List } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { LinkButton } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { CopyBox } from "#frontend/parts/copy-box.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { Bone, Skeleton } from "#frontend/parts/skeleton.tsx";
import { utmForChannel } from "#frontend/screens/campaigns/utm-for-channel.ts";

const SKELETON = (
  <Skeleton label="your links">
    <div class="stack">
      <Bone height={52} />
      <Bone height={52} />
    </div>
  </Skeleton>
);

/** What to paste into ads, mails and shows. */
export function ReadyStep({ site, campaign }: { site: Site; campaign: Campaign }) {
  const links = useResource<List<Link>>(paths.links(site.id, { campaign: campaign.id, limit: 10 }));
  const codes = campaign.matchers.filter((matcher) => matcher.kind === "promo_code");
  return (
    <>
      <Card title={`${campaign.name} is ready`} sub="Whoever comes by any of these counts for it.">
        <div class="stack">
          <Loaded resource={links} what="Your links" skeleton={SKELETON} compact>
            {({ items: [link] }) => (
              <div class="stack">
                <Piece title="Tagged link" help="For ads and posts: it goes straight to your page.">
                  <CopyBox text={link?.destination ?? taggedLink(site, campaign)} what="tagged link" />
                </Piece>
                {link && (
                  <Piece
                    title="Short link"
                    help="For mails, shows and print: each click counts, even where no pixel runs."
                  >
                    <CopyBox text={link.url} what="short link" />
                  </Piece>
                )}
              </div>
            )}
          </Loaded>
          {codes.map((code) => (
            <Piece
              key={code.value}
              title="Promo code"
              help="Pass it with the order, and the order counts for it."
            >
              <CopyBox text={code.value.toUpperCase()} what="promo code" />
            </Piece>
          ))}
        </div>
      </Card>
      <div class="row">
        <LinkButton kind="primary" href={`/campaigns/${campaign.id}/events?site=${site.id}`}>
          Click your link and watch it arrive
        </LinkButton>
        <LinkButton kind="quiet" href={`/?site=${site.id}`}>
          Go to the overview
        </LinkButton>
      </div>
    </>
  );
}

function Piece({ title, help, children }: { title: string; help: string; children: ComponentChildren }) {
  return (
    <div class="stack" style={{ "--gap": "6px" }}>
      <div>
        <h3>{title}</h3>
        <p class="muted small">{help}</p>
      </div>
      {children}
    </div>
  );
}

function taggedLink(site: Site, campaign: Campaign): string {
  const named = campaign.matchers.find((matcher) => matcher.kind === "utm_campaign");
  return withUtm(`https://${site.domain}/`, { ...utmForChannel(campaign.channel), campaign: named?.value });
}

import type { CampaignMatchers } from "#core/sources/match-campaign.ts";
import type { Channel } from "#core/channels/channel.ts";

/** What ingest must know of a site to decide on its events. */
export type IngestSite = {
  siteId: number;
  /** The site's domain and its other hosts: referrers on them open nothing. */
  ownHosts: readonly string[];
  currency: string;
  /** Nothing that occurred earlier is taken any more (decisions 5); null when the site has no seal. */
  sealedBeforeMs: number | null;
  /** Ids of an earlier time have no partition any more; null when none has gone. */
  idsSinceMs: number | null;
  matcherVersion: number;
  matchers: CampaignMatchers;
  /** Channel of each campaign, by its int. */
  campaignChannels: ReadonlyMap<number, Channel>;
};

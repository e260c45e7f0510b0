import { expect, it } from "vitest";

import type { Channel } from "#core/channels/channel.ts";
import { classifyChannel } from "#core/channels/classify-channel.ts";
import { DIRECT_TUPLE } from "#core/sources/source-tuple.ts";

/** What a contact says of itself, and the channel it must have. What is absent is not said. */
export type ChannelRow = {
  source?: string;
  medium?: string;
  campaign?: string;
  click?: string;
  referrer?: string;
  /** Named by an import. */
  named?: string;
  slug?: string;
  promo?: string;
  namedCampaign?: string;
  /** Channel of the matched campaign. */
  own?: Channel;
  is: Channel;
};

export function expectChannels(rows: readonly ChannelRow[]): void {
  it.each(rows.map((row) => [described(row), row] as const))("%s", (_, row) => {
    expect(channelOf(row)).toBe(row.is);
  });
}

export function channelOf({ own = null, ...row }: Omit<ChannelRow, "is" | "own"> & { own?: Channel | null }) {
  const { source = null, medium = null, campaign = null, click = null, referrer = null } = row;
  return classifyChannel(
    {
      ...DIRECT_TUPLE,
      ...otherFields(row),
      utmSource: source,
      utmMedium: medium,
      utmCampaign: campaign,
      clickIdKind: click,
      referrerHost: referrer,
    },
    own,
  );
}

type Nameable = { [K in "named" | "slug" | "promo" | "namedCampaign"]?: string | undefined | null };

function otherFields({ named = null, slug = null, promo = null, namedCampaign = null }: Nameable) {
  return { namedChannel: named, linkSlug: slug, promoCode: promo, namedCampaign };
}

function described({ is, ...signs }: ChannelRow): string {
  const said = Object.entries(signs).map(([name, value]) => `${name} "${value}"`);
  return `${said.length === 0 ? "nothing said" : said.join(", ")} is ${is}`;
}

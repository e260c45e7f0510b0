import { useCallback, useMemo } from "preact/hooks";

import type { AttributionRow } from "#contract/attribution.ts";
import type { Campaign } from "#contract/campaigns.ts";
import type { Site } from "#contract/sites.ts";
import type { Grouping } from "#core/attribution/grouping.ts";
import { paths } from "#frontend/api/paths.ts";
import type { List } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { channelColour } from "#frontend/format/channel.ts";

const LISTED = 100;
/** What belongs to no channel. */
const PLAIN = "var(--chart-line)";

/** A channel has its colour everywhere, and a campaign that of its channel. */
export function useRowColours(
  site: Site,
  by: Grouping,
): (row: Pick<AttributionRow, "kind" | "key">) => string {
  const path = by === "campaign" ? paths.campaigns(site.id, { limit: LISTED }) : null;
  const { value } = useResource<List<Campaign>>(path);
  const channels = useMemo(() => new Map(value?.items.map(({ id, channel }) => [id, channel])), [value]);
  return useCallback(
    ({ kind, key }) => {
      if (kind !== "group" || key === null) return channelColour("unassigned");
      if (by === "channel") return channelColour(key);
      const channel = by === "campaign" ? channels.get(key) : undefined;
      return channel ? channelColour(channel) : PLAIN;
    },
    [by, channels],
  );
}

import type { GroupKind, GroupName } from "#contract/glass-box.ts";
import type { Grouping } from "#core/attribution/grouping.ts";
import { CHANNEL_LABELS, parseChannel } from "#core/channels/channel.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Database } from "#db/database.ts";
import { loadEntryNames } from "#db/queries/analytics/load-breakdown.ts";
import type { GroupOfCredit } from "#db/queries/attribution/credited-items.ts";
import { findCampaignNames } from "#db/queries/campaigns/find-campaign.ts";

/** Names a group by the key that queries use: of a campaign its int, of a page its id. Null: contacts in no group. */
export type NameGroup = (key: string | null) => GroupName;

export const UNATTRIBUTED: GroupName = { kind: "unattributed", key: null, name: "(unattributed)" };

/** All groups that are not among the largest. */
export const OTHER: GroupName = { kind: "other", key: null, name: "(other)" };

const NONE_NAMES: Readonly<Record<Grouping, string>> = {
  campaign: "(no campaign)",
  channel: "(no channel)",
  source: "(no source)",
  creative: "(no creative)",
  landing_page: "(no landing page)",
};

export type GroupsQuestion = { siteId: number; by: Grouping; keys: Iterable<string | null> };

/** How the groups are called; a key that names nothing any more stands for itself. */
export async function loadGroupNames(db: Database, { siteId, by, keys }: GroupsQuestion): Promise<NameGroup> {
  const entries = [...new Set(keys)].filter((key) => key !== null);
  const isStored = (by === "campaign" || by === "landing_page") && entries.length > 0;
  const names = isStored ? await loadEntryNames(db, { siteId, dimension: by, entries }) : new Map();
  return (key) => {
    if (key === null) return { kind: "none", key: null, name: NONE_NAMES[by] };
    if (by === "channel") return { kind: "group", key, name: channelName(key) };
    const name: { value: string; label: string } | undefined = names.get(key);
    const shownKey = by === "campaign" ? (name?.value ?? key) : key;
    return { kind: "group", key: shownKey, name: name?.label ?? key };
  };
}

function channelName(key: string): string {
  return CHANNEL_LABELS[parseChannel(key) ?? "unassigned"];
}

export type AskedGroup = { kind: GroupKind; key: string | null };
type KnownGroup = Exclude<GroupOfCredit, { kind: "other" }>;

/** The group as queries ask for it; `unknown_group` where a campaign or page is not the site's, or no key was given. */
export async function readGroup(
  db: Database,
  { siteId, by, group }: { siteId: number; by: Grouping; group: AskedGroup & Pick<KnownGroup, "kind"> },
): Promise<Result<KnownGroup, { kind: "unknown_group" }>> {
  if (group.kind !== "group") return ok({ kind: group.kind });
  const { key } = group;
  if (key === null) return fail({ kind: "unknown_group" });
  if (by === "campaign") {
    const [campaign] = await findCampaignNames(db, { siteId, publicIds: [key] });
    return campaign ? ok({ kind: "group", key: String(campaign.id) }) : fail({ kind: "unknown_group" });
  }
  if (by === "landing_page" && !/^\d{1,9}$/.test(key)) return fail({ kind: "unknown_group" });
  return ok({ kind: "group", key });
}

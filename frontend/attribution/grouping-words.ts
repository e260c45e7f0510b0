import type { AttributionRow } from "#contract/attribution.ts";
import type { Grouping } from "#core/attribution/grouping.ts";
import { channelLabel } from "#frontend/format/channel.ts";

type Words = { label: string; lower: string; none: string };

const WORDS: Readonly<Record<Grouping, Words>> = {
  campaign: { label: "Campaign", lower: "campaign", none: "(no campaign)" },
  channel: { label: "Channel", lower: "channel", none: "(no channel)" },
  source: { label: "Source", lower: "source", none: "(no source)" },
  creative: { label: "Creative", lower: "creative", none: "(no creative)" },
  landing_page: { label: "Landing page", lower: "landing page", none: "(no landing page)" },
};

export const GROUPING_OPTIONS = (Object.keys(WORDS) as Grouping[]).map((value) => ({
  value,
  label: WORDS[value].label,
}));

export function groupingWords(by: Grouping): Words {
  return WORDS[by];
}

/** How a row of the workbench is called; rows that are no group stand in brackets. */
export function rowName(row: Pick<AttributionRow, "kind" | "key" | "name">, by: Grouping): string {
  switch (row.kind) {
    case "unattributed":
      return "(unattributed)";
    case "none":
      return WORDS[by].none;
    case "other":
      return "(other)";
    case "group":
      return by === "channel" ? channelLabel(row.key ?? "") : row.name;
  }
}

/** Why a row that is no group is there at all. */
export function rowReason(kind: AttributionRow["kind"], by: Grouping): string | null {
  switch (kind) {
    case "unattributed":
      return "Conversions without any touch that counts. They are part of every total.";
    case "none":
      return `Touches that belong to no ${WORDS[by].lower}.`;
    case "other":
      return "All groups beyond the first 500, together.";
    case "group":
      return null;
  }
}

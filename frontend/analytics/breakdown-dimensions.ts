import type { BreakdownRow } from "#contract/breakdown.ts";
import type { Dimension } from "#core/rollup/dimensions.ts";
import { channelLabel } from "#frontend/format/channel.ts";
import { locale } from "#frontend/format/locale.ts";

type Look = { label: string; /** Column header, singular. */ header: string; none: string };

const LOOKS: Readonly<Record<Dimension, Look>> = {
  channel: { label: "Channel", header: "Channel", none: "(unassigned)" },
  campaign: { label: "Campaign", header: "Campaign", none: "(no campaign)" },
  utm_source: { label: "Source", header: "utm_source", none: "(not set)" },
  utm_medium: { label: "Medium", header: "utm_medium", none: "(not set)" },
  utm_content: { label: "Content", header: "utm_content", none: "(not set)" },
  utm_term: { label: "Term", header: "utm_term", none: "(not set)" },
  landing_page: { label: "Landing page", header: "Landing page", none: "(no page)" },
  country: { label: "Country", header: "Country", none: "(unknown)" },
  device: { label: "Device", header: "Device", none: "(unknown)" },
  browser: { label: "Browser", header: "Browser", none: "(unknown)" },
  os: { label: "System", header: "Operating system", none: "(unknown)" },
};

export type BreakdownTab = { key: string; label: string; dimensions: readonly Dimension[] };

const TABS: readonly BreakdownTab[] = [
  {
    key: "sources",
    label: "Sources",
    dimensions: ["utm_source", "utm_medium", "utm_content", "utm_term", "channel", "campaign"],
  },
  { key: "pages", label: "Pages", dimensions: ["landing_page"] },
  { key: "places", label: "Places", dimensions: ["country"] },
  { key: "technology", label: "Technology", dimensions: ["device", "browser", "os"] },
];

/** The tabs, without a dimension that is one value already. */
export function breakdownTabs(fixed: Dimension | null): BreakdownTab[] {
  return TABS.map((tab) => ({
    ...tab,
    dimensions: tab.dimensions.filter((dimension) => dimension !== fixed),
  }));
}

export function dimensionLook(dimension: Dimension): Look {
  return LOOKS[dimension];
}

const regions = new Intl.DisplayNames(locale, { type: "region", fallback: "code" });

/** A row's first cell: "Germany" for DE, "Mobile" for mobile; what is missing is in brackets. */
export function rowLabel({ kind, value, label }: BreakdownRow, dimension: Dimension): string {
  if (kind === "other") return "(all others)";
  if (kind === "none" || value === null) return LOOKS[dimension].none;
  if (dimension === "channel") return channelLabel(value);
  if (dimension === "country") return /^[A-Z]{2}$/.test(value) ? (regions.of(value) ?? value) : value;
  if (dimension === "device") return value.charAt(0).toUpperCase() + value.slice(1);
  return label;
}

/** What the panel is narrowed to, as the URL says it: `channel:email`. */
export type BreakdownFilter = { by: "channel" | "campaign"; value: string };

export function readFilter(text: string | undefined): BreakdownFilter | null {
  const [by, value] = (text ?? "").split(":");
  return (by === "channel" || by === "campaign") && value ? { by, value } : null;
}

export function writeFilter({ by, value }: BreakdownFilter): string {
  return `${by}:${value}`;
}

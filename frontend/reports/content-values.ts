import type { Schedule } from "#contract/report-schedules.ts";
import type { ReportSettings } from "#contract/report-settings.ts";
import { DEFAULT_LOOKBACK_DAYS, DEFAULT_MODEL, sectionsOf } from "#core/report/report-defaults.ts";
import type { ReportKind, ReportSection } from "#core/report/report-model.ts";

/** What a report shows and who gets it, as fields of a form; lists are joined by commas. */
export type ContentValues = {
  kind: string;
  /** "": all sites of the account. */
  site: string;
  campaigns: string;
  title: string;
  preparedFor: string;
  model: string;
  lookback: string;
  direct: string;
  compare: string;
  /** "": as the kind says. */
  sections: string;
  language: string;
  locale: string;
  /** "": the site's. */
  currency: string;
  hasOwnBranding: boolean;
  logo: string;
  accent: string;
  footer: string;
  recipients: string;
  formats: string;
  subject: string;
  note: string;
};

export const NO_SITE = "";

export function splitList(text: string): string[] {
  return text.split(",").filter(Boolean);
}

/** "a@x.example, b@y.example" → each address once. */
export function splitAddresses(text: string): string[] {
  const parts = text.split(/[\s,;]+/).filter(Boolean);
  return [...new Set(parts.map((address) => address.toLowerCase()))];
}

type Given = {
  siteId: string;
  campaignId: string | null;
  settings: ReportSettings | undefined;
  recipients: string;
};

/** A form that asks for what most reports are. */
export function newContent({ siteId, campaignId, settings, recipients }: Given): ContentValues {
  return {
    kind: "campaign-performance",
    site: siteId,
    campaigns: campaignId ?? "",
    title: "",
    preparedFor: "",
    model: DEFAULT_MODEL,
    lookback: String(DEFAULT_LOOKBACK_DAYS),
    direct: "keep",
    compare: "previous",
    sections: "",
    language: settings?.language ?? "en",
    locale: settings?.locale ?? "en-GB",
    currency: "",
    ...brandingValues(undefined, settings),
    recipients,
    formats: "pdf",
    subject: "",
    note: "",
  };
}

/** The form of a schedule that exists. */
export function contentOf(schedule: Schedule, settings: ReportSettings | undefined): ContentValues {
  const { content, campaigns, recipients } = schedule;
  const fresh = newContent({
    siteId: schedule.siteId ?? NO_SITE,
    campaignId: null,
    settings,
    recipients: "",
  });
  return {
    ...fresh,
    ...asFields(content),
    kind: schedule.kind,
    campaigns: campaigns.map(({ id }) => id).join(","),
    sections: content.sections?.join(",") ?? "",
    ...brandingValues(content.branding, settings),
    recipients: recipients.map(({ address }) => address).join(", "),
    formats: schedule.formats.join(","),
    subject: schedule.subject ?? "",
    note: schedule.note ?? "",
  };
}

const PLAIN = [
  "title",
  "preparedFor",
  "model",
  "lookback",
  "direct",
  "compare",
  "language",
  "locale",
  "currency",
] as const;

/** What was asked for, as text; the rest stands as in a new form. */
function asFields(content: Schedule["content"]): Partial<Record<(typeof PLAIN)[number], string>> {
  return Object.fromEntries(
    PLAIN.flatMap((name) => {
      const value = content[name];
      return value === undefined || value === null ? [] : [[name, String(value)]];
    }),
  );
}

function brandingValues(
  branding: Schedule["content"]["branding"],
  settings: ReportSettings | undefined,
): Pick<ContentValues, "hasOwnBranding" | "logo" | "accent" | "footer"> {
  const shown = { ...settings, ...branding };
  return {
    hasOwnBranding: branding !== undefined,
    logo: shown.logo ?? "",
    accent: shown.accent ?? "",
    footer: shown.footer ?? "",
  };
}

/** The sections that stand in the report: the chosen ones, or the kind's. */
export function shownSections({ kind, site, sections }: ContentValues): ReportSection[] {
  const isAccount = site === NO_SITE;
  const asked = sections === "" ? {} : { asked: splitList(sections) as ReportSection[] };
  return sectionsOf(kind as ReportKind, { isAccount, ...asked });
}

import type { CreateReportRequest } from "#contract/reports.ts";
import type { Schedule } from "#contract/report-schedules.ts";
import type { ReportSettings } from "#contract/report-settings.ts";
import { DEFAULT_LOOKBACK_DAYS, DEFAULT_MODEL, sectionsOf } from "#core/report/report-defaults.ts";
import type { ReportFormat } from "#core/report/report-format.ts";
import type { ReportKind, ReportLanguage, ReportSection } from "#core/report/report-model.ts";
import type { Errors } from "#frontend/parts/use-form.ts";
import { emailError } from "#frontend/screens/entry/entry-rules.ts";
import { isLocale } from "./locale-options.ts";

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
  const { content } = schedule;
  const fresh = newContent({ siteId: schedule.siteId ?? NO_SITE, campaignId: null, settings, recipients: "" });
  return {
    ...fresh,
    kind: schedule.kind,
    campaigns: schedule.campaigns.map(({ id }) => id).join(","),
    title: content.title ?? "",
    preparedFor: content.preparedFor ?? "",
    model: content.model ?? fresh.model,
    lookback: String(content.lookback ?? fresh.lookback),
    direct: content.direct ?? fresh.direct,
    compare: content.compare ?? fresh.compare,
    sections: content.sections?.join(",") ?? "",
    language: content.language ?? fresh.language,
    locale: content.locale ?? fresh.locale,
    currency: content.currency ?? "",
    ...brandingValues(content.branding, settings),
    recipients: schedule.recipients.map(({ address }) => address).join(", "),
    formats: schedule.formats.join(","),
    subject: schedule.subject ?? "",
    note: schedule.note ?? "",
  };
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

/** What orders and schedules ask the API for. What stands as the settings have it is left to them. */
export function contentRequest(values: ContentValues, settings: ReportSettings | undefined) {
  const isAccount = values.site === NO_SITE;
  return {
    kind: values.kind as ReportKind,
    ...(isAccount ? {} : { siteId: values.site }),
    campaignIds: isAccount ? [] : splitList(values.campaigns),
    title: values.title.trim() || null,
    preparedFor: values.preparedFor.trim() || null,
    model: values.model as NonNullable<CreateReportRequest["model"]>,
    lookback: Number(values.lookback),
    direct: values.direct as NonNullable<CreateReportRequest["direct"]>,
    compare: values.compare as NonNullable<CreateReportRequest["compare"]>,
    ...(values.sections === "" ? {} : { sections: shownSections(values) }),
    ...(values.language === settings?.language ? {} : { language: values.language as ReportLanguage }),
    ...(values.locale === settings?.locale ? {} : { locale: values.locale }),
    ...(values.currency === "" ? {} : { currency: values.currency }),
    ...(values.hasOwnBranding ? { branding: brandingRequest(values) } : {}),
  };
}

function brandingRequest({ logo, accent, footer }: ContentValues) {
  return { logo: logo || null, accent: accent || null, footer: footer.trim() || null };
}

/** Who gets it, and as which files. */
export function mailRequest(values: ContentValues) {
  return {
    recipients: splitAddresses(values.recipients),
    formats: splitList(values.formats) as ReportFormat[],
    subject: values.subject.trim() || null,
    note: values.note.trim() || null,
  };
}

/** Field → sentence. */
export function contentErrors(values: ContentValues, maxRecipients: number): Errors {
  const errors: Errors = {};
  if (values.kind === "sponsor" && values.campaigns === "") {
    errors.campaigns = "Choose the sponsor's campaigns: the report shows nothing else";
  }
  if (values.site === NO_SITE && values.kind !== "executive-summary") {
    errors.site = "All sites together: only the executive summary tells of them. Choose a site";
  }
  if (values.formats === "") errors.formats = "Choose at least one file";
  if (values.hasOwnBranding && values.accent !== "" && !/^#[0-9a-f]{6}$/.test(values.accent)) {
    errors.accent = "Enter a colour such as #0d7474";
  }
  if (!isLocale(values.locale)) errors.locale = "Enter a locale such as de-CH";
  const addresses = splitAddresses(values.recipients);
  const wrong = addresses.find((address) => emailError(address) !== null);
  if (wrong) errors.recipients = `“${wrong}” is not an e-mail address`;
  else if (addresses.length > maxRecipients) errors.recipients = `At most ${maxRecipients} addresses`;
  return errors;
}

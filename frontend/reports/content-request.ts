import type { CreateReportRequest } from "#contract/reports.ts";
import type { ReportSettings } from "#contract/report-settings.ts";
import type { ReportFormat } from "#core/report/report-format.ts";
import type { ReportKind, ReportLanguage } from "#core/report/report-model.ts";
import type { Errors } from "#frontend/parts/use-form.ts";
import { emailError } from "#frontend/screens/entry/entry-rules.ts";
import { NO_SITE, shownSections, splitAddresses, splitList } from "./content-values.ts";
import type { ContentValues } from "./content-values.ts";
import { isLocale } from "./locale-options.ts";

/** What orders and schedules ask the API for. What stands as the settings have it is left to them. */
export function contentRequest(values: ContentValues, settings: ReportSettings | undefined) {
  return {
    kind: values.kind as ReportKind,
    ...scopeRequest(values),
    title: values.title.trim() || null,
    preparedFor: values.preparedFor.trim() || null,
    model: values.model as NonNullable<CreateReportRequest["model"]>,
    lookback: Number(values.lookback),
    direct: values.direct as NonNullable<CreateReportRequest["direct"]>,
    compare: values.compare as NonNullable<CreateReportRequest["compare"]>,
    ...(values.sections === "" ? {} : { sections: shownSections(values) }),
    ...languageRequest(values, settings),
    ...(values.hasOwnBranding ? { branding: brandingRequest(values) } : {}),
  };
}

function scopeRequest({ site, campaigns }: ContentValues) {
  return site === NO_SITE ? { campaignIds: [] } : { siteId: site, campaignIds: splitList(campaigns) };
}

function languageRequest(
  { language, locale, currency }: ContentValues,
  settings: ReportSettings | undefined,
) {
  return {
    ...(language === settings?.language ? {} : { language: language as ReportLanguage }),
    ...(locale === settings?.locale ? {} : { locale }),
    ...(currency === "" ? {} : { currency }),
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
  return { ...scopeErrors(values), ...lookErrors(values), ...recipientErrors(values, maxRecipients) };
}

function scopeErrors({ kind, site, campaigns }: ContentValues): Errors {
  if (site === NO_SITE) {
    return kind === "executive-summary"
      ? {}
      : { site: "All sites together: only the executive summary tells of them. Choose a site" };
  }
  return kind === "sponsor" && campaigns === ""
    ? { campaigns: "Choose the sponsor's campaigns: the report shows nothing else" }
    : {};
}

function lookErrors({ formats, hasOwnBranding, accent, locale }: ContentValues): Errors {
  const errors: Errors = {};
  if (formats === "") errors.formats = "Choose at least one file";
  if (hasOwnBranding && accent !== "" && !/^#[0-9a-f]{6}$/.test(accent)) {
    errors.accent = "Enter a colour such as #0d7474";
  }
  if (!isLocale(locale)) errors.locale = "Enter a locale such as de-CH";
  return errors;
}

function recipientErrors({ recipients }: ContentValues, most: number): Errors {
  const addresses = splitAddresses(recipients);
  const wrong = addresses.find((address) => emailError(address) !== null);
  if (wrong) return { recipients: `“${wrong}” is not an e-mail address` };
  return addresses.length > most ? { recipients: `At most ${most} addresses` } : {};
}

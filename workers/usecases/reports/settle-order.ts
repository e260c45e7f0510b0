import type { ReportSettings } from "#contract/report-settings.ts";
import type { CreateReportRequest } from "#contract/reports.ts";
import {
  DEFAULT_LOCALES,
  DEFAULT_LOOKBACK_DAYS,
  DEFAULT_MODEL,
  defaultTitle,
  sectionsOf,
} from "#core/report/report-defaults.ts";
import { logoKey } from "#core/report/logo-key.ts";
import type { ReportKind } from "#core/report/report-model.ts";
import { rollingRange } from "#core/report/rolling-period.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { siteDay } from "#core/time/site-day.ts";
import type { CampaignName } from "#db/queries/campaigns/find-campaign.ts";
import type { ReportOptions } from "#db/queries/reports/report-options.ts";
import type { ReportSite } from "#db/queries/reports/report-sites.ts";
import { isRange } from "#usecases/analytics/load-ranges.ts";
import { isKnownCurrency } from "#usecases/campaigns/known-currency.ts";

/** Whose report it is; `sender` as its readers know them. */
export type OrderAccount = { accountId: number; accountName: string; database: string; sender: string };

/** What is ordered, without to whom it goes. */
export type ReportQuestion = Omit<CreateReportRequest, "recipients">;

/** An order that leaves nothing open. */
export type ResolvedOrder = {
  kind: ReportKind;
  title: string;
  /** Null: all sites of the account. */
  site: ReportSite | null;
  campaigns: CampaignName[];
  options: Omit<ReportOptions, "memberRecipients">;
};

export type OrderRefusal =
  | { kind: "site_not_found" }
  /** Only an executive summary is of all sites. */
  | { kind: "site_missing" }
  | { kind: "unknown_campaign"; campaignId: string }
  /** A sponsor report is of the campaigns that were paid for; a summary of all sites is of none in particular. */
  | { kind: "campaigns_missing" }
  | { kind: "campaigns_of_account" }
  /** Neither days nor a period, or both. */
  | { kind: "range_missing" }
  | { kind: "invalid_range" }
  | { kind: "unknown_currency"; currency: string }
  | { kind: "unknown_locale"; locale: string };

/** What settling an order needs to know. */
export type OrderFacts = {
  /** All of the account, in the order they were made. */
  sites: readonly ReportSite[];
  /** At least those of the site that were asked for. */
  campaigns: readonly CampaignName[];
  settings: ReportSettings;
  nowMs: number;
};

/**
 * Settles all that an order leaves open: the period's days, what the account's settings and the kind say. It is kept with
 * the report, so that a retry, or the same question asked again, is about the same days and looks the same.
 */
export function settleOrder(
  account: OrderAccount,
  question: ReportQuestion,
  facts: OrderFacts,
): Result<ResolvedOrder, OrderRefusal> {
  const kind = question.kind ?? "campaign-performance";
  const scope = scopeOf({ ...question, kind }, facts);
  if (!scope.ok) return scope;
  const { site, campaigns } = scope.value;
  const timeZone = (site ?? facts.sites[0])?.timeZone ?? "UTC";
  const range = rangeOf(question, siteDay(facts.nowMs, timeZone));
  if (!range.ok) return range;
  const look = lookOf(account, question, facts.settings);
  if (!look.ok) return look;
  const subject = (campaigns.length === 1 ? campaigns[0]?.name : site?.name) ?? account.accountName;
  return ok({
    kind,
    title: question.title || defaultTitle(kind, look.value.language, subject),
    site,
    campaigns,
    options: {
      ...range.value,
      ...look.value,
      ...mailOf(account, question),
      model: question.model ?? DEFAULT_MODEL,
      lookbackDays: question.lookback ?? DEFAULT_LOOKBACK_DAYS,
      direct: question.direct ?? "keep",
      compare: question.compare ?? "previous",
      sections: sectionsOf(kind, { isAccount: site === null, asked: question.sections }),
      currency: question.currency ?? null,
    },
  });
}

type Scope = { site: ReportSite | null; campaigns: CampaignName[] };

function scopeOf(
  { kind, siteId, campaignIds = [] }: ReportQuestion & { kind: ReportKind },
  { sites, campaigns: known }: OrderFacts,
): Result<Scope, OrderRefusal> {
  if (siteId === undefined && kind !== "executive-summary") return fail({ kind: "site_missing" });
  const site = siteId === undefined ? null : sites.find(({ publicId }) => publicId === siteId);
  if (site === undefined || sites.length === 0) return fail({ kind: "site_not_found" });
  if (kind === "sponsor" && campaignIds.length === 0) return fail({ kind: "campaigns_missing" });
  if (campaignIds.length === 0) return ok({ site, campaigns: [] });
  if (site === null) return fail({ kind: "campaigns_of_account" });
  const wanted = [...new Set(campaignIds)];
  const campaigns = wanted.flatMap((id) => known.find(({ publicId }) => publicId === id) ?? []);
  const unknown = wanted.find((id) => !campaigns.some(({ publicId }) => publicId === id));
  return unknown === undefined
    ? ok({ site, campaigns })
    : fail({ kind: "unknown_campaign", campaignId: unknown });
}

function rangeOf(
  { from, to, period }: ReportQuestion,
  today: string,
): Result<{ from: string; to: string }, OrderRefusal> {
  const hasDays = from !== undefined && to !== undefined;
  if (period !== undefined) {
    const isBoth = from !== undefined || to !== undefined;
    return isBoth ? fail({ kind: "range_missing" }) : ok(rollingRange(period, today));
  }
  if (!hasDays) return fail({ kind: "range_missing" });
  return isRange({ from, to }) ? ok({ from, to }) : fail({ kind: "invalid_range" });
}

type Look = Pick<ReportOptions, "language" | "locale" | "branding">;

/** How it looks and reads: as it was said, else as the account's settings say. */
function lookOf(
  { accountId }: OrderAccount,
  { currency, language, locale, branding = {} }: ReportQuestion,
  settings: ReportSettings,
): Result<Look, OrderRefusal> {
  if (currency !== undefined && !isKnownCurrency(currency)) return fail({ kind: "unknown_currency", currency });
  if (locale !== undefined && !isLocale(locale)) return fail({ kind: "unknown_locale", locale });
  const spoken = language ?? settings.language;
  const { logo = settings.logo, accent = settings.accent, footer = settings.footer } = branding;
  return ok({
    language: spoken,
    locale: locale ?? (spoken === settings.language ? settings.locale : DEFAULT_LOCALES[spoken]),
    branding: {
      logoKey: logo === null ? null : logoKey(accountId, logo),
      accent,
      footer: footer || null,
    },
  });
}

function isLocale(locale: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale).length > 0;
  } catch {
    return false;
  }
}

function mailOf({ accountName, sender }: OrderAccount, question: ReportQuestion) {
  return {
    accountName,
    sender,
    preparedFor: question.preparedFor || null,
    formats: question.formats ?? ["pdf" as const],
    subject: question.subject || null,
    note: question.note || null,
    skipEmpty: false,
    isTest: false,
  };
}

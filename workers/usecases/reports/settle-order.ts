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
import { localDay } from "#core/time/local-time.ts";
import type { CampaignName } from "#db/queries/campaigns/find-campaign.ts";
import type { ReportOptions } from "#db/queries/reports/report-options.ts";
import type { ReportSite } from "#db/queries/reports/report-sites.ts";
import { isRange } from "#usecases/analytics/load-ranges.ts";
import { isKnownCurrency } from "#usecases/campaigns/known-currency.ts";
import { isLocale } from "#usecases/report-settings/is-locale.ts";

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
  const range = rangeOf(question, todayOf(site, facts));
  if (!range.ok) return range;
  const look = lookOf(account, question, facts.settings);
  if (!look.ok) return look;
  const subject = subjectOf(scope.value) ?? account.accountName;
  return ok({
    kind,
    title: question.title || defaultTitle(kind, look.value.language, subject),
    site,
    campaigns,
    options: {
      ...range.value,
      ...look.value,
      ...mailOf(account, question),
      ...creditOf(question),
      sections: sectionsOf(kind, { isAccount: site === null, asked: question.sections }),
      currency: question.currency ?? null,
    },
  });
}

type Credit = Pick<ReportOptions, "model" | "lookbackDays" | "direct" | "compare">;

/** How credit is given and what it is compared with, where that was not said too. */
export function creditOf(asked: Pick<ReportQuestion, "model" | "lookback" | "direct" | "compare">): Credit {
  return {
    model: asked.model ?? DEFAULT_MODEL,
    lookbackDays: asked.lookback ?? DEFAULT_LOOKBACK_DAYS,
    direct: asked.direct ?? "keep",
    compare: asked.compare ?? "previous",
  };
}

type Scope = { site: ReportSite | null; campaigns: CampaignName[] };

function scopeOf(
  { kind, siteId, campaignIds = [] }: ReportQuestion & { kind: ReportKind },
  { sites, campaigns: known }: OrderFacts,
): Result<Scope, OrderRefusal> {
  if (siteId === undefined && kind !== "executive-summary") return fail({ kind: "site_missing" });
  const site = siteOf(siteId, sites);
  if (site === undefined) return fail({ kind: "site_not_found" });
  if (site === null && campaignIds.length > 0) return fail({ kind: "campaigns_of_account" });
  const campaigns = campaignsOf(campaignIds, known);
  if (!campaigns.ok) return campaigns;
  const isMissing = kind === "sponsor" && campaigns.value.length === 0;
  return isMissing ? fail({ kind: "campaigns_missing" }) : ok({ site, campaigns: campaigns.value });
}

/** What its title names: the only campaign, or the site. */
function subjectOf({ site, campaigns }: Scope): string | undefined {
  return campaigns.length === 1 ? campaigns[0]?.name : site?.name;
}

/** On the calendar of the site, or of the account's first. */
function todayOf(site: ReportSite | null, { sites, nowMs }: OrderFacts): string {
  return localDay(nowMs, (site ?? sites[0])?.timeZone ?? "UTC");
}

/** Null: all sites, of which there is at least one; undefined: there is none such. */
function siteOf(siteId: string | undefined, sites: readonly ReportSite[]): ReportSite | null | undefined {
  if (siteId !== undefined) return sites.find(({ publicId }) => publicId === siteId);
  return sites.length > 0 ? null : undefined;
}

/** Each campaign once, in the order in which they were asked for. */
function campaignsOf(
  asked: readonly string[],
  known: readonly CampaignName[],
): Result<CampaignName[], OrderRefusal> {
  const wanted = [...new Set(asked)];
  const campaigns = wanted.flatMap((id) => known.find(({ publicId }) => publicId === id) ?? []);
  const unknown = wanted.find((id) => !campaigns.some(({ publicId }) => publicId === id));
  return unknown === undefined ? ok(campaigns) : fail({ kind: "unknown_campaign", campaignId: unknown });
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
  question: ReportQuestion,
  settings: ReportSettings,
): Result<Look, OrderRefusal> {
  const { currency, locale, language = settings.language } = question;
  if (currency !== undefined && !isKnownCurrency(currency))
    return fail({ kind: "unknown_currency", currency });
  if (locale !== undefined && !isLocale(locale)) return fail({ kind: "unknown_locale", locale });
  const spokenLocale = language === settings.language ? settings.locale : DEFAULT_LOCALES[language];
  return ok({
    language,
    locale: locale ?? spokenLocale,
    branding: brandingOf(accountId, { ...settings, ...definedOnly(question.branding ?? {}) }),
  });
}

function brandingOf(
  accountId: number,
  { logo, accent, footer }: Pick<ReportSettings, "logo" | "accent" | "footer">,
): ReportOptions["branding"] {
  return { logoKey: logo === null ? null : logoKey(accountId, logo), accent, footer: footer || null };
}

/** Without what was left out, so that it does not stand over what the account set. */
function definedOnly<T extends object>(given: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
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

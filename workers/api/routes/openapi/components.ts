import * as z from "zod/mini";

import { alert, alertChannel, alertDetails, alertRule } from "#contract/alerts.ts";
import { apiKey, createdApiKey, me, member } from "#contract/accounts.ts";
import {
  accountAnalytics,
  accountSite,
  basis,
  campaignAnalytics,
  campaignRow,
  channelRow,
  dayRow,
  kpis,
  siteAnalytics,
} from "#contract/analytics.ts";
import { attribution, attributionRow } from "#contract/attribution.ts";
import { campaign, spendRow } from "#contract/campaigns.ts";
import { deal } from "#contract/deals.ts";
import { importedEvent } from "#contract/collect.ts";
import { eventRow, importAnswer } from "#contract/events.ts";
import { link } from "#contract/links.ts";
import { money } from "#contract/primitives.ts";
import { problem } from "#contract/problem.ts";
import { exchangeRate } from "#contract/rates.ts";
import { schedule } from "#contract/report-schedules.ts";
import { delivery, report } from "#contract/reports.ts";
import { ledger, ledgerHour, site } from "#contract/sites.ts";
import { ledgerRow, pacingRow, spendLedger } from "#contract/spend.ts";

const NAMES = {
  AccountAnalytics: accountAnalytics,
  AccountSite: accountSite,
  Alert: alert,
  AlertChannel: alertChannel,
  AlertDetails: alertDetails,
  AlertRule: alertRule,
  ApiKey: apiKey,
  Attribution: attribution,
  AttributionRow: attributionRow,
  Basis: basis,
  Campaign: campaign,
  CampaignAnalytics: campaignAnalytics,
  CampaignRow: campaignRow,
  ChannelRow: channelRow,
  CreatedApiKey: createdApiKey,
  DayRow: dayRow,
  Deal: deal,
  Delivery: delivery,
  Event: eventRow,
  ExchangeRate: exchangeRate,
  ImportAnswer: importAnswer,
  ImportedEvent: importedEvent,
  Kpis: kpis,
  Ledger: ledger,
  LedgerHour: ledgerHour,
  Link: link,
  Me: me,
  Member: member,
  Money: money,
  PacingRow: pacingRow,
  Problem: problem,
  Report: report,
  ReportSchedule: schedule,
  Site: site,
  SiteAnalytics: siteAnalytics,
  SpendLedger: spendLedger,
  SpendLedgerRow: ledgerRow,
  SpendRow: spendRow,
} as const;

/** Names the shapes that the document refers to, instead of writing them out wherever they occur. */
export function nameComponents(): void {
  for (const [id, schema] of Object.entries(NAMES)) {
    if (!z.globalRegistry.has(schema)) z.globalRegistry.add(schema, { id });
  }
}

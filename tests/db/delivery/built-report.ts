import { sql } from "drizzle-orm";
import type { Database } from "#db/database.ts";
import { systemIds } from "#platform/ids.ts";
import type { TestSite } from "#tests/support/sites.ts";
import { NOW, type DeliveryDeps } from "./delivery-deps.ts";

export type BuiltReport = { id: number; publicId: string; deliveryIds: string[] };

export type BuiltReportOptions = {
  recipients: readonly string[];
  /** Of `recipients`: those who can sign in. */
  members?: readonly string[];
  formats?: readonly string[];
  pdfBytes?: number;
  xlsxBytes?: number;
  createdBy?: number | null;
  scheduleId?: number | null;
  status?: "pending" | "ready" | "failed" | "skipped";
};

const USUAL = {
  status: "ready",
  pdfBytes: 100,
  xlsxBytes: 100,
  scheduleId: null,
  formats: ["pdf"],
  members: [],
  createdBy: null,
} as const;

/** A report straight into the tables with its files and a delivery for each recipient, ready to be sent. */
export async function builtReport(
  db: Database,
  { site, deps }: { site: TestSite; deps: DeliveryDeps },
  options: BuiltReportOptions,
): Promise<BuiltReport> {
  const { recipients, status, pdfBytes, xlsxBytes, scheduleId, formats, members, createdBy } = {
    ...USUAL,
    ...options,
  };
  const publicId = systemIds.publicId("rep", new Date());
  const keyOf = (type: string): string => `reports/${publicId}/file.${type}`;
  deps.files.set(keyOf("json"), new TextEncoder().encode(JSON.stringify({ version: 2, title: "Spring" })));
  deps.files.set(keyOf("pdf"), new Uint8Array(pdfBytes).fill(37));
  deps.files.set(keyOf("xlsx"), new Uint8Array(xlsxBytes).fill(80));
  const stored = {
    from: "2026-03-01",
    to: "2026-03-02",
    sender: "Ann",
    note: "Look at Tuesday",
    subject: null,
    isTest: false,
    formats: formats,
    memberRecipients: members,
  };
  const deliveries = recipients.map((recipient) => ({
    publicId: systemIds.publicId("dlv", new Date()),
    recipient,
  }));
  const { rows } = await db.execute<{ id: number }>(sql`
    with report as (
      insert into site.reports (account_id, site_id, public_id, kind, title, options, status, model_key, model_bytes,
        pdf_key, pdf_bytes, xlsx_key, xlsx_bytes, schedule_id, period, created_by, created_at, ready_at)
      values (${site.accountId}, ${site.siteId}, ${publicId}, 'campaign-performance', 'Spring',
        ${JSON.stringify(stored)}::jsonb, ${status}, ${keyOf("json")}, 30, ${keyOf("pdf")}, ${pdfBytes},
        ${keyOf("xlsx")}, ${xlsxBytes}, ${scheduleId}::int,
        ${scheduleId === null ? null : publicId}::text, ${createdBy}::int, ${NOW}::timestamptz,
        ${status === "ready" ? NOW : null}::timestamptz)
      returning id
    )
    insert into site.report_deliveries (account_id, report_id, public_id, recipient, status, created_at, next_attempt_at)
    select ${site.accountId}::int, report.id, d.entry ->> 'publicId', d.entry ->> 'recipient',
      ${status === "ready" ? "built" : "pending"}, ${NOW}::timestamptz,
      ${status === "ready" ? NOW : null}::timestamptz
    from report, jsonb_array_elements(${JSON.stringify(deliveries)}::jsonb) with ordinality as d (entry, n)
    order by d.n
    returning report_id as id`);
  return { id: rows[0]?.id ?? 0, publicId, deliveryIds: deliveries.map((delivery) => delivery.publicId) };
}

/** An address that has agreed to the account's reports. */
export async function agreedAddress(db: Database, site: TestSite, address: string): Promise<void> {
  await db.execute(sql`
    insert into control.mail_addresses (account_id, public_id, address, unsubscribe_token, confirmed_at, created_at)
    values (${site.accountId}, ${systemIds.publicId("adr", new Date())}, ${address}, ${systemIds.secretHex(32)},
      ${NOW}::timestamptz, ${NOW}::timestamptz)`);
}

export type StoredDelivery = {
  status: string;
  failure: string | null;
  failureKind: string | null;
  attempts: number;
  nextAttemptAt: string | null;
  sentAt: string | null;
  providerId: string | null;
};

export async function deliveryOf(db: Database, publicId: string): Promise<StoredDelivery> {
  const { rows } = await db.execute<StoredDelivery>(sql`
    select status, failure, failure_kind as "failureKind", attempts, provider_id as "providerId",
      to_char(next_attempt_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "nextAttemptAt",
      to_char(sent_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "sentAt"
    from site.report_deliveries where public_id = ${publicId}`);
  const [row] = rows;
  if (!row) throw new Error(`No delivery ${publicId}`);
  return row;
}

/** The delivery's log: each attempt's outcome, null for one that was broken off. */
export async function logOf(db: Database, publicId: string): Promise<(string | null)[]> {
  const { rows } = await db.execute<{ outcome: string | null }>(sql`
    select a.outcome from site.report_attempts a join site.report_deliveries d on d.id = a.delivery_id
    where d.public_id = ${publicId} order by a.attempt`);
  return rows.map(({ outcome }) => outcome);
}

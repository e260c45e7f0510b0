import type { Database } from "#db/database.ts";
import type { MailFailure, MailMessage } from "#platform/mail/mailer.ts";
import { systemIds } from "#platform/ids.ts";
import { secretTokens } from "#platform/session-token.ts";
import { reportStore, type ReportBucket } from "#platform/report-store.ts";
import { renderReportMail } from "#rendering/mail/render-report-mail.ts";
import { renderCsv } from "#rendering/render-csv.ts";
import { renderXlsx } from "#rendering/render-xlsx.ts";
import { ok, fail } from "#core/result.ts";
import type { BuildReportDeps } from "#usecases/reports/build-report.ts";
import { loadFigures } from "#usecases/reports/load-figures.ts";
import type { DeliverReportDeps } from "#usecases/delivery/delivery-deps.ts";
import { testDeps, type TestDeps } from "#tests/db/campaigns/campaign-deps.ts";

export type SentMail = { message: MailMessage; key: string };

export type ReportDeps = TestDeps &
  BuildReportDeps &
  DeliverReportDeps & {
    files: Map<string, Uint8Array>;
    rendered: { count: number };
    mails: SentMail[];
    /** What the provider answers next, before it takes mails again; `sent` names those it takes all the same. */
    failures: (MailFailure & { isTaken?: boolean })[];
    setNow(at: string): void;
  };

/** Real database, figures, store, tables and mail text; bucket, provider, PDF and clock in the hands of the test. */
export function reportDeps(db: Database): ReportDeps {
  const files = new Map<string, Uint8Array>();
  const mails: SentMail[] = [];
  const failures: ReportDeps["failures"] = [];
  const rendered = { count: 0 };
  let now = new Date("2026-03-09T10:00:00.000Z");
  return {
    ...testDeps(db),
    clock: { now: () => now },
    setNow: (at) => (now = new Date(at)),
    reportStore: reportStore(bucketOf(files)),
    loadFigures,
    renderPdf: async (model) => {
      rendered.count += 1;
      return {
        bytes: new TextEncoder().encode(`%PDF ${model.title}`),
        replacedGlyphs: ["U+1F600"],
        warnings: [],
      };
    },
    renderXlsx,
    renderCsv,
    renderReportMail,
    tokens: secretTokens(systemIds),
    mailer: {
      provider: "test",
      idempotencyWindowMs: 86_400_000,
      maxBytes: 40_000_000,
      perSecond: 1_000,
      async send(message, key) {
        const failure = failures.shift();
        if (failure === undefined || failure.isTaken) takeOnce(mails, { message, key });
        return failure === undefined ? ok({ providerId: `re_${key}` }) : fail(failure);
      },
    },
    files,
    rendered,
    mails,
    failures,
  };
}

/** The provider keeps one mail for each key. */
function takeOnce(mails: SentMail[], mail: SentMail): void {
  if (!mails.some(({ key }) => key === mail.key)) mails.push(mail);
}

function bucketOf(files: Map<string, Uint8Array>): ReportBucket {
  return {
    put: async (key, value) => void files.set(key, value),
    async get(key) {
      const bytes = files.get(key);
      if (bytes === undefined) return null;
      const body = new Response(new Uint8Array(bytes)).body as unknown as NonNullable<
        Awaited<ReturnType<ReportBucket["get"]>>
      >["body"];
      return { body, size: bytes.length, arrayBuffer: async () => new Uint8Array(bytes).buffer };
    },
    delete: async (key) => void files.delete(key),
  };
}

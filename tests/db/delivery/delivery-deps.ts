import type { WorkMessage } from "#contract/work-message.ts";
import { fail, ok } from "#core/result.ts";
import type { Database } from "#db/database.ts";
import { systemIds } from "#platform/ids.ts";
import type { Mailer, MailFailure, MailMessage } from "#platform/mail/mailer.ts";
import { secretTokens } from "#platform/session-token.ts";
import type { AskAddressDeps } from "#usecases/delivery/ask-address.ts";
import type { DeliverReportDeps } from "#usecases/delivery/delivery-deps.ts";
import { testDeps, type TestDeps } from "#tests/db/campaigns/campaign-deps.ts";

const DAY_MS = 86_400_000;

export type SentMail = { message: MailMessage; key: string };

export type DeliveryDeps = TestDeps &
  DeliverReportDeps &
  AskAddressDeps & {
    mailer: Mailer;
    /** What reached the provider, once for each key. */
    mails: SentMail[];
    files: Map<string, Uint8Array>;
    /** What the provider answers next, before it takes mails again; with `isTaken` it takes the mail all the same. */
    failures: (MailFailure & { isTaken?: boolean })[];
    /** Messages with the seconds they are held back. */
    queued: { message: WorkMessage; delaySeconds: number | undefined }[];
    setNow(at: string): void;
  };

export const NOW = "2026-03-09T10:00:00.000Z";

/** Real database; the provider, the files, the words of the mail and the clock in the hands of the test. */
export function deliveryDeps(db: Database, promises: Partial<Mailer> = {}): DeliveryDeps {
  const mails: SentMail[] = [];
  const failures: DeliveryDeps["failures"] = [];
  const files = new Map<string, Uint8Array>();
  const queued: DeliveryDeps["queued"] = [];
  let now = new Date(NOW);
  return {
    ...testDeps(db),
    clock: { now: () => now },
    setNow: (at) => (now = new Date(at)),
    tokens: secretTokens(systemIds),
    workQueue: {
      send: async (message, delaySeconds) => void queued.push({ message, delaySeconds }),
      sendAll: async (messages) =>
        void queued.push(...messages.map((message) => ({ message, delaySeconds: undefined }))),
    },
    reportStore: {
      put: async () => await Promise.reject(new Error("Nothing is stored by sending")),
      async get(key) {
        const bytes = files.get(key);
        if (bytes === undefined) return null;
        const body = new Response(new Uint8Array(bytes)).body as unknown as ReadableStream;
        return { contentType: typeOf(key), sizeBytes: bytes.length, body, bytes: async () => bytes };
      },
      delete: async (key) => void files.delete(key),
    },
    renderReportMail: (facts) => ({
      subject: facts.subject ?? facts.model.title,
      html: `<p>${JSON.stringify(facts)}</p>`,
      text: JSON.stringify(facts),
    }),
    mailer: {
      // A provider of the test's own, so that its pace is that of no other test.
      provider: systemIds.word(12),
      idempotencyWindowMs: DAY_MS,
      maxBytes: 40_000_000,
      perSecond: 1_000,
      ...promises,
      async send(message, key) {
        const failure = failures.shift();
        if (failure === undefined || failure.isTaken === true) takeOnce(mails, { message, key });
        return failure === undefined ? ok({ providerId: `re_${key}` }) : fail(failure);
      },
    },
    mails,
    failures,
    files,
    queued,
  };
}

/** The provider keeps one mail for each key. */
function takeOnce(mails: SentMail[], mail: SentMail): void {
  if (!mails.some(({ key }) => key === mail.key)) mails.push(mail);
}

function typeOf(key: string): string {
  return key.endsWith(".pdf") ? "application/pdf" : "application/octet-stream";
}

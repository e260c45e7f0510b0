import type { ConfigNamespace } from "#platform/edge-config-writer.ts";
import type { DatabaseEnv } from "#platform/neon-clients.ts";
import type { LogoBucket } from "#platform/logo-store.ts";
import type { MailEnv } from "#platform/mail/choose-mailer.ts";
import type { RateLimitBinding } from "#platform/rate-limiter.ts";
import type { ReportBucket } from "#platform/report-store.ts";
import type { ProbedBucket, ProbedQueue } from "#platform/probes.ts";
import type { UpstashEnv } from "#platform/upstash-cache.ts";
import type { UnreadableBucket } from "#platform/unreadable-bodies.ts";
import type { QueueBinding } from "#platform/work-queue.ts";

/** Bindings, variables and secrets of `[env.api]` in wrangler.toml. */
export type Env = DatabaseEnv &
  UpstashEnv &
  MailEnv & {
    STAGE: string;
    APP_ORIGIN: string;
    COLLECT_ORIGIN: string;
    /** Where new accounts are placed: the name of a database. */
    NEW_ACCOUNTS_DATABASE: string;
    /** What hashing a password costs: scrypt's N is 2 to the power of it. */
    PASSWORD_LN: string;
    /** Of Resend's webhook (`whsec_…`), and the password of Postmark's; absent or empty: none is taken. */
    RESEND_WEBHOOK_SECRET?: string;
    POSTMARK_WEBHOOK_SECRET?: string;
    EDGE_CONFIG: ConfigNamespace;
    REPORTS: ReportBucket & LogoBucket & ProbedBucket;
    SPILL: UnreadableBucket;
    WORK: QueueBinding & ProbedQueue;
    RATE_SIGN_IN: RateLimitBinding;
    /** Of the Worker that was uploaded: another one for each deployment. */
    VERSION: { id: string };
  };

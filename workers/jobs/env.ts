import type { ConfigNamespace } from "#platform/edge-config-writer.ts";
import type { SentryEnv } from "#platform/error-tracker.ts";
import type { MailEnv } from "#platform/mail/choose-mailer.ts";
import type { DatabaseEnv } from "#platform/neon-clients.ts";
import type { UpstashEnv } from "#platform/upstash-cache.ts";
import type { QueueBinding } from "#platform/work-queue.ts";

/** Bindings, variables and secrets of `[env.jobs]` in wrangler.toml. */
export type JobsEnv = DatabaseEnv &
  UpstashEnv &
  MailEnv &
  SentryEnv & {
    APP_ORIGIN: string;
    COLLECT_ORIGIN: string;
    /** Where the published rates are; absent or empty: they are not fetched. */
    RATES_URL?: string;
    /** Keys of fonts in the bucket of reports, separated by commas, for scripts that the report's own lack. */
    REPORT_FONTS?: string;
    EDGE_CONFIG: ConfigNamespace;
    REPORTS: R2Bucket;
    SPILL: R2Bucket;
    WORK: QueueBinding;
  };

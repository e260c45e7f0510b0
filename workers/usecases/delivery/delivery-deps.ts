import type { SecretTokens } from "#platform/session-token.ts";
import type { RenderedMail } from "#rendering/mail/mail-layout.ts";
import type { ReportMailFacts } from "#rendering/mail/render-report-mail.ts";
import type { Deps } from "#usecases/deps.ts";

export type DeliverReportDeps = Pick<
  Deps,
  "databases" | "clock" | "ids" | "mailer" | "log" | "workQueue" | "reportStore" | "settings"
> & {
  tokens: SecretTokens;
  renderReportMail: (facts: ReportMailFacts) => RenderedMail;
};

/** `waiting`: the row says until when. `nothing_to_do`: it is settled, not built, or another run has begun it. */
export type Delivered = { kind: "sent" | "failed" | "unknown" | "waiting" | "nothing_to_do" };

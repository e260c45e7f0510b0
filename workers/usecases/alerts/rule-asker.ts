import { ACCOUNT_ALERTS, OPERATOR_ALERTS, SITE_ALERTS, type AlertKind } from "#core/alerts/alert-kind.ts";
import type { ParameterFault } from "#core/alerts/alert-parameters.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import type { AlertAsker } from "./alert-asker.ts";

/** Whose rules: of one site of an account, or, with null, of the installation. */
export type RuleAsker = { asker: AlertAsker; site: Pick<SiteRef, "siteId" | "publicId"> | null };

export type RuleRefusal =
  | { kind: "rule_not_found" }
  | { kind: "unknown_channel"; channelId: string }
  | ({ kind: "invalid_parameter" } & ParameterFault);

/** The kinds of rules that an owner has. */
export function kindsOf(asker: AlertAsker): readonly AlertKind[] {
  return asker.kind === "operators" ? OPERATOR_ALERTS : [...SITE_ALERTS, ...ACCOUNT_ALERTS];
}

/** A rule of the account is the same one whichever site it is asked of. */
export function siteOf(kind: AlertKind, site: RuleAsker["site"]): number | null {
  return (SITE_ALERTS as readonly AlertKind[]).includes(kind) ? (site?.siteId ?? null) : null;
}

/** A rule as the audit log names it. */
export function subjectOf(kind: AlertKind, site: RuleAsker["site"]): string {
  return site === null ? kind : `${site.publicId}/${kind}`;
}

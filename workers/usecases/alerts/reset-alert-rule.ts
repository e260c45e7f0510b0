import type { AlertRule } from "#contract/alerts.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { deleteRule } from "#db/queries/alerts/alert-rules.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { noteAlertChange, ownerOf } from "./alert-asker.ts";
import { writtenRule } from "./list-alert-rules.ts";
import { kindsOf, siteOf, subjectOf, type RuleAsker, type RuleRefusal } from "./rule-asker.ts";

/** Lets a rule be as nobody changed it. A second time changes nothing. */
export async function resetAlertRule(
  deps: Pick<Deps, "databases" | "clock" | "log">,
  { kind: name, ...ruleAsker }: RuleAsker & { kind: string },
): Promise<Result<AlertRule, RuleRefusal>> {
  const { asker, site } = ruleAsker;
  const kind = kindsOf(asker).find((one) => one === name);
  if (kind === undefined) return fail({ kind: "rule_not_found" });
  await deleteRule(controlDatabase(deps), { accountId: ownerOf(asker), siteId: siteOf(kind, site), kind });
  await noteAlertChange(deps, asker, { action: "alert_rule.reset", subject: subjectOf(kind, site) });
  return ok(await writtenRule(deps, ruleAsker, kind));
}

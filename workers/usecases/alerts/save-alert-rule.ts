import type { AlertRule, SaveAlertRuleRequest } from "#contract/alerts.ts";
import type { AlertKind } from "#core/alerts/alert-kind.ts";
import { numbersOf, parameterFault, type AlertNumbers } from "#core/alerts/alert-parameters.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { listChannels } from "#db/queries/alerts/alert-channels.ts";
import { saveRule } from "#db/queries/alerts/alert-rules.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { noteAlertChange, ownerOf } from "./alert-asker.ts";
import { writtenRule } from "./list-alert-rules.ts";
import { kindsOf, siteOf, subjectOf, type RuleAsker, type RuleRefusal } from "./rule-asker.ts";

export type SaveRuleInput = RuleAsker & { kind: string; request: SaveAlertRuleRequest };

/** Changes a rule, whole. */
export async function saveAlertRule(
  deps: Pick<Deps, "databases" | "clock" | "log">,
  { kind: name, request, ...ruleAsker }: SaveRuleInput,
): Promise<Result<AlertRule, RuleRefusal>> {
  const { asker, site } = ruleAsker;
  const kind = kindsOf(asker).find((one) => one === name);
  if (kind === undefined) return fail({ kind: "rule_not_found" });
  const { isEnabled, parameters = {}, channels = null } = request;
  const fault = parameterFault(kind, parameters);
  if (fault !== null) return fail({ kind: "invalid_parameter", ...fault });
  const control = controlDatabase(deps);
  const accountId = ownerOf(asker);
  const known = new Map((await listChannels(control, accountId)).map(({ publicId, id }) => [publicId, id]));
  const unknown = channels?.find((channelId) => !known.has(channelId));
  if (unknown !== undefined) return fail({ kind: "unknown_channel", channelId: unknown });

  await saveRule(control, {
    accountId,
    siteId: siteOf(kind, site),
    kind,
    isEnabled,
    parameters: differing(kind, parameters),
    channelIds: channels?.flatMap((channelId) => known.get(channelId) ?? []) ?? null,
    at: deps.clock.now(),
  });
  await noteAlertChange(deps, asker, {
    action: "alert_rule.update",
    subject: subjectOf(kind, site),
    detail: { isEnabled, parameters },
  });
  return ok(await writtenRule(deps, ruleAsker, kind));
}

/** What equals the standard is not kept: it moves with it. */
function differing(kind: AlertKind, parameters: AlertNumbers): AlertNumbers {
  const standard = numbersOf(kind, null);
  return Object.fromEntries(Object.entries(parameters).filter(([name, value]) => standard[name] !== value));
}

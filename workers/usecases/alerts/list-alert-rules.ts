import type { AlertRule } from "#contract/alerts.ts";
import type { AlertKind } from "#core/alerts/alert-kind.ts";
import { ALERT_PARAMETERS, numbersOf } from "#core/alerts/alert-parameters.ts";
import { ALERT_NAMES } from "#core/alerts/alert-words.ts";
import { ruleWords } from "#core/alerts/rule-words.ts";
import { listChannels } from "#db/queries/alerts/alert-channels.ts";
import { listRulesOf, type AlertRuleRecord } from "#db/queries/alerts/alert-rules.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { ownerOf, type AlertAsker } from "./alert-asker.ts";
import { kindsOf, siteOf, type RuleAsker } from "./rule-asker.ts";

/** Every rule that holds there, those that nobody changed too. */
export async function listAlertRules(
  deps: Pick<Deps, "databases">,
  { asker, site }: RuleAsker,
): Promise<AlertRule[]> {
  const control = controlDatabase(deps);
  const accountId = ownerOf(asker);
  const [changed, channels] = await Promise.all([
    listRulesOf(control, { accountId, siteId: site?.siteId ?? null }),
    listChannels(control, accountId),
  ]);
  const publicIds = new Map(channels.map(({ id, publicId }) => [id, publicId]));
  return kindsOf(asker).map((kind) => {
    const siteId = siteOf(kind, site);
    const rule = changed.find((one) => one.kind === kind && one.siteId === siteId) ?? null;
    return showRule({ kind, rule, scope: scopeOf(asker, siteId), publicIds });
  });
}

/** One rule, where it was just written. */
export async function writtenRule(
  deps: Pick<Deps, "databases">,
  ruleAsker: RuleAsker,
  kind: AlertKind,
): Promise<AlertRule> {
  const rule = (await listAlertRules(deps, ruleAsker)).find((one) => one.kind === kind);
  if (rule === undefined) throw new Error(`The rule ${kind} is not there after it was written`);
  return rule;
}

function scopeOf(asker: AlertAsker, siteId: number | null): AlertRule["scope"] {
  if (asker.kind === "operators") return "installation";
  return siteId === null ? "account" : "site";
}

type Shown = {
  kind: AlertKind;
  rule: AlertRuleRecord | null;
  scope: AlertRule["scope"];
  publicIds: ReadonlyMap<number, string>;
};

function showRule({ kind, rule, scope, publicIds }: Shown): AlertRule {
  const numbers = numbersOf(kind, rule?.parameters ?? null);
  return {
    kind,
    name: ALERT_NAMES[kind],
    words: ruleWords(kind, numbers),
    scope,
    isEnabled: rule?.isEnabled ?? true,
    isStandard: rule === null,
    parameters: ALERT_PARAMETERS[kind].map((parameter) => ({
      ...parameter,
      value: numbers[parameter.name] ?? parameter.standard,
    })),
    // A channel that is gone is no channel; with none left nobody is told.
    channels: rule?.channelIds?.flatMap((id) => publicIds.get(id) ?? []) ?? null,
  };
}

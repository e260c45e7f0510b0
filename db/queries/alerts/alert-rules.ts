import { sql } from "drizzle-orm";

import type { AlertKind } from "#core/alerts/alert-kind.ts";
import type { AlertNumbers } from "#core/alerts/alert-parameters.ts";
import type { Database } from "#db/database.ts";
import { ownedBy } from "./alert-record.ts";

export type AlertRuleRecord = {
  accountId: number | null;
  siteId: number | null;
  kind: AlertKind;
  isEnabled: boolean;
  parameters: AlertNumbers;
  channelIds: number[] | null;
};

const columns = sql`
  account_id as "accountId", site_id as "siteId", kind, is_enabled as "isEnabled", parameters,
  to_json(channel_ids) as "channelIds"`;

/** What anybody changed about any rule. Control database. */
export async function listChangedRules(control: Database): Promise<AlertRuleRecord[]> {
  const { rows } = await control.execute<AlertRuleRecord>(sql`select ${columns} from control.alert_rules`);
  return rows;
}

/** What an owner changed about the rules of a site and about those of all that is theirs. Control database. */
export async function listRulesOf(
  control: Database,
  { accountId, siteId }: { accountId: number | null; siteId: number | null },
): Promise<AlertRuleRecord[]> {
  const { rows } = await control.execute<AlertRuleRecord>(sql`
    select ${columns} from control.alert_rules
    where ${ownedBy(sql`account_id`, accountId)} and (site_id is null or site_id = ${siteId}::int)`);
  return rows;
}

/** Writes what somebody changed, whole. Control database. */
export async function saveRule(control: Database, rule: AlertRuleRecord & { at: Date }): Promise<void> {
  const { accountId, siteId, kind, isEnabled, parameters, channelIds, at } = rule;
  await control.execute(sql`
    insert into control.alert_rules (account_id, site_id, kind, is_enabled, parameters, channel_ids, updated_at)
    values (${accountId}, ${siteId}, ${kind}, ${isEnabled}, ${JSON.stringify(parameters)}::jsonb,
      (select array_agg(c::int) from jsonb_array_elements_text(nullif(${JSON.stringify(channelIds)}::jsonb, 'null')) as c),
      ${at.toISOString()}::timestamptz)
    on conflict on constraint alert_rules_place_key do update set is_enabled = excluded.is_enabled,
      parameters = excluded.parameters, channel_ids = excluded.channel_ids, updated_at = excluded.updated_at`);
}

/** Lets a rule be again as nobody changed it. Control database. */
export async function deleteRule(
  control: Database,
  { accountId, siteId, kind }: Pick<AlertRuleRecord, "accountId" | "siteId" | "kind">,
): Promise<void> {
  await control.execute(sql`
    delete from control.alert_rules
    where ${ownedBy(sql`account_id`, accountId)} and site_id is not distinct from ${siteId}::int and kind = ${kind}`);
}

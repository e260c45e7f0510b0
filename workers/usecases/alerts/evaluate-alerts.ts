import { alertKey } from "#core/alerts/alert-kind.ts";
import { listHomes } from "#db/queries/accounts/list-homes.ts";
import { listChannelsOf } from "#db/queries/alerts/alert-channels.ts";
import type { AlertRecord } from "#db/queries/alerts/alert-record.ts";
import { listChangedRules, type AlertRuleRecord } from "#db/queries/alerts/alert-rules.ts";
import { applyAlertChanges, listOpenAlerts } from "#db/queries/alerts/apply-alert-changes.ts";
import { afterCommit } from "#usecases/campaigns/after-commit.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { eachApart } from "#usecases/each-apart.ts";
import { composeNotices } from "./compose-notices.ts";
import { measureCampaigns } from "./measure-campaigns.ts";
import { measureReports, measureStandstill, type DatabaseLook } from "./measure-database.ts";
import { measureIngest, type IngestMeasures, type MeasureIngestDeps } from "./measure-ingest.ts";
import { measureRequests } from "./measure-requests.ts";
import { measureConversionDrops, measureSilentSites } from "./measure-rhythm.ts";
import type { Measured } from "./measured.ts";
import { ruleBook, type RuleBook } from "./rule-book.ts";
import { settleAlert, type Settled } from "./settle-alert.ts";

export type EvaluateAlertsDeps = MeasureIngestDeps &
  Pick<Deps, "databases" | "clock" | "ids" | "log" | "workQueue" | "settings">;

/** What all looks of a run share. */
type Board = { at: Date; rules: readonly AlertRuleRecord[]; book: RuleBook; open: readonly AlertRecord[] };

/**
 * Looks at everything that rules are about, as of `at`, writes what it makes of alerts and has what is to be told sent.
 * Looks are apart: one that fails, as of a database that is away, fires nothing, resolves nothing and harms no other; it
 * is thrown at the end. Two runs at once tell once.
 */
export async function evaluateAlerts(deps: EvaluateAlertsDeps, at: Date): Promise<void> {
  const control = controlDatabase(deps);
  const [rules, open] = await Promise.all([listChangedRules(control), listOpenAlerts(control)]);
  const board: Board = { at, rules, book: ruleBook(rules), open };
  const ingest = await measureIngest(deps, at);
  const looks = [
    async () => await settle(deps, board, ingest.measured),
    async () => await settle(deps, board, await measureRequests(control, at)),
    ...deps.databases.names().flatMap((database) => looksAt(deps, board, { database, ingest })),
  ];
  await eachApart(looks, async (look) => await look());
}

type OfDatabase = { database: string; ingest: IngestMeasures };

function looksAt(
  deps: EvaluateAlertsDeps,
  board: Board,
  { database, ingest }: OfDatabase,
): (() => Promise<void>)[] {
  const { at, open: alerts, rules, book } = board;
  // Opened by each look for itself: one that cannot be opened is that look's failure.
  const look = (): DatabaseLook => ({ db: deps.databases.named(database), database, at, alerts });
  return [
    async () => await settle(deps, board, await measureStandstill(look())),
    async () => await settle(deps, board, await measureReports(look())),
    async () => await settle(deps, board, await measureSilentSites(look(), ingest.isStalled(database))),
    async () => await settle(deps, board, await measureConversionDrops(look(), hoursOf(rules))),
    async () => {
      const { measured, failure } = await measureCampaigns(deps, look(), book);
      await settle(deps, board, measured);
      if (failure !== null) throw failure;
    },
  ];
}

/** How many hours are looked at, where somebody chose another number. */
function hoursOf(rules: readonly AlertRuleRecord[]): { siteId: number; hours: number }[] {
  return rules.flatMap(({ kind, siteId, parameters }) =>
    kind === "conversion-drop" && siteId !== null && parameters["hours"] !== undefined
      ? { siteId, hours: parameters["hours"] }
      : [],
  );
}

async function settle(deps: EvaluateAlertsDeps, board: Board, measured: readonly Measured[]): Promise<void> {
  const { at, open, book } = board;
  const byKey = new Map(open.map((alert) => [alert.key, alert]));
  const settled = (await atHome(deps, measured)).flatMap(
    (one) =>
      settleAlert({
        measured: one,
        open: byKey.get(alertKey(one)) ?? null,
        rule: book(one),
        at,
        ids: deps.ids,
      }) ?? [],
  );
  const due = await write(deps, settled, at);
  if (due.length === 0) return;
  // What the queue does not take the minute's cron makes up for.
  await afterCommit(deps, "deliver_alerts", () =>
    deps.workQueue.sendAll(due.map((deliveryId) => ({ v: 1, kind: "deliver-alert", deliveryId }))),
  );
}

/**
 * What an account that has moved left behind says nothing of it: nothing comes in there any more, and it would be told of
 * as silent.
 */
async function atHome(deps: EvaluateAlertsDeps, measured: readonly Measured[]): Promise<readonly Measured[]> {
  const accountIds = new Set(measured.flatMap(({ accountId }) => accountId ?? []));
  if (deps.databases.names().length === 1 || accountIds.size === 0) return measured;
  const homes = await listHomes(controlDatabase(deps), [...accountIds]);
  return measured.filter(
    ({ accountId, database }) => accountId === null || homes.get(accountId) === database,
  );
}

async function write(deps: EvaluateAlertsDeps, settled: readonly Settled[], at: Date): Promise<string[]> {
  const control = controlDatabase(deps);
  const owners = new Set(
    settled.flatMap(({ change, notice }) => (notice === null ? [] : [change.accountId])),
  );
  const channels = owners.size === 0 ? [] : await listChannelsOf(control, [...owners]);
  const facts = { channels, appOrigin: deps.settings.appOrigin, at, ids: deps.ids };
  const deliveries = settled.flatMap((one) => composeNotices(one, facts));
  return await applyAlertChanges(control, { changes: settled.map(({ change }) => change), deliveries, at });
}

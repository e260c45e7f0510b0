import type { Databases } from "#db/database.ts";
import { listFirstSteps, type FirstSteps } from "#db/queries/maintenance/list-first-steps.ts";
import { countProductDays, listFirstDeliveries } from "#db/queries/product/count-days.ts";
import { replaceProductDays } from "#db/queries/product/product-days.ts";
import { rewriteUserSteps } from "#db/queries/product/rewrite-user-steps.ts";
import type { Clock } from "#platform/clock.ts";

const EVER = new Date(0);

/**
 * Works all product metrics out anew from what they are made of: users, audit log, campaigns, mails, events. Needs every
 * database: what one of them saw first decides.
 */
export async function recomputeProductMetrics(deps: { databases: Databases; clock: Clock }): Promise<void> {
  const control = deps.databases.named("main");
  const accounts: FirstSteps[] = [];
  const deliveries: { userId: number; at: string }[] = [];
  for (const database of deps.databases.names()) {
    const db = deps.databases.named(database);
    const countedAt = deps.clock.now();
    // One after the other: none of this is urgent, and each reads a lot.
    // oxlint-disable-next-line no-await-in-loop
    const days = await countProductDays(db, null);
    // oxlint-disable-next-line no-await-in-loop
    await replaceProductDays(control, { database, days, countedAt, isAll: true });
    // oxlint-disable-next-line no-await-in-loop
    accounts.push(...(await listFirstSteps(db, EVER)));
    // oxlint-disable-next-line no-await-in-loop
    deliveries.push(...(await listFirstDeliveries(db)));
  }
  await rewriteUserSteps(control, { accounts, deliveries });
}

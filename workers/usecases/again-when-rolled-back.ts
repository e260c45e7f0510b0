import { pgCode } from "#db/pg-error.ts";

/** Broken off to end a deadlock, or to keep transactions apart: sent again at once it goes through as a rule. */
const ROLLED_BACK = /^40/;

/** Does the work once more where Postgres broke it off for another transaction's sake. All else is thrown. */
export async function againWhenRolledBack<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!ROLLED_BACK.test(pgCode(error) ?? "")) throw error;
    return await work();
  }
}

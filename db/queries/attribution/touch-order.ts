import { sql, type SQL } from "drizzle-orm";

/**
 * The order of a journey's contacts, as core's `judgeTouches` has it: by time, and in one millisecond a used promo code
 * (rank 1) after all else, a code in the address of a page (rank 2) among it (decisions 16).
 */
export const TOUCH_ORDER: SQL = sql.raw("at, rank = 1, rank, touchpoint_id");

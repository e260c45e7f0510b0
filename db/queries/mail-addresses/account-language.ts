import { sql, type SQL } from "drizzle-orm";

/** The language that an account's reports are in unless one says another (`REPORT_LANGUAGES`); `account`: its id's column. */
export function accountLanguage(account: SQL): SQL {
  return sql`coalesce((select s.language from control.report_settings s where s.account_id = ${account}), 'en')`;
}

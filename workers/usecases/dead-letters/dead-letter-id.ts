/** Where a letter lies: its number is unique in its database only. */
export type DeadLetterKey = { database: string; id: number };

const ID = /^dlt_([a-z0-9-]+(?:_[a-z0-9-]+)*)_(\d{1,15})$/;

/** `dlt_main_42`. */
export function deadLetterId({ database, id }: DeadLetterKey): string {
  return `dlt_${database}_${id}`;
}

/** The letter an id names in one of these databases; null for anything else. */
export function parseDeadLetterId(text: string, databases: readonly string[]): DeadLetterKey | null {
  const [, database = "", id = ""] = ID.exec(text) ?? [];
  return databases.includes(database) ? { database, id: Number(id) } : null;
}

const SUBJECT =
  /^(?:alter table|drop table|truncate(?: table)?|update|delete from|create (?:unique )?index (?:concurrently )?(?:if not exists )?\w+ on)\s+(?:if exists )?(?:only )?([\w.]+)/;

/** A statement in small letters, on one line, without comments and quotes: what the rules about it are written for. */
export function plainSql(statement: string): string {
  return statement
    .replaceAll(/--[^\n]*/g, " ")
    .replaceAll(/\/\*[^]*?\*\//g, " ")
    .replaceAll('"', "")
    .replaceAll(/\s+/g, " ")
    .trim()
    .toLowerCase();
}

/** The statements of one part of a migration; bodies between dollars are not taken apart. */
export function statementsIn(part: string): string[] {
  if (/\$\w*\$/.test(part)) return [plainSql(part)];
  const cleaned = part.replaceAll(/--[^\n]*/g, " ");
  return cleaned
    .split(";")
    .map(plainSql)
    .filter((statement) => statement !== "");
}

/** The table that a plain statement changes, `schema.name`; null when it changes none, or makes it. */
export function subjectOf(statement: string): string | null {
  const name = SUBJECT.exec(statement)?.[1];
  if (name === undefined) return null;
  return name.includes(".") ? name : `public.${name}`;
}

/** Whether Postgres refuses to run it inside a transaction. */
export function runsAlone(statement: string): boolean {
  return /^(create (unique )?index|drop index|reindex \w+) concurrently\b/.test(statement);
}

/** Whether it does nothing but make an index. */
export function makesIndex(statement: string): boolean {
  return /^create (unique )?index /.test(statement);
}

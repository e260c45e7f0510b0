import type { Migration } from "./read-migrations.ts";
import { plainSql, statementsIn, subjectOf } from "./statement-subject.ts";
import type { TableFacts } from "./table-facts.ts";

/** What a statement would do to Workers that run, or to people who wait. */
export type Hazard = { migration: string; why: string };

export type HazardFacts = {
  tables: ReadonlyMap<string, TableFacts>;
  /** From this size on a table is not read whole under a lock. */
  bigTableBytes: number;
};

const VOLATILE_DEFAULT =
  /\bdefault\s+(gen_random_uuid|uuidv7|uuidv4|random|nextval|clock_timestamp)\s*\(|\bserial\b|\bgenerated\s+(always|by default)\b/;

/**
 * The destructive steps of migrations that are about to run: what takes something away from the version of the Workers
 * that runs meanwhile, and what holds a lock for as long as a big table takes to be read or written. What concerns only
 * tables that these migrations make themselves is none.
 */
export function findHazards(migrations: readonly Migration[], facts: HazardFacts): Hazard[] {
  return migrations.flatMap((migration) => {
    const text = plainSql(migration.statements.join("\n"));
    return migration.statements
      .flatMap(statementsIn)
      .flatMap((statement) => reasons(statement, { ...facts, file: text, isBySite: migration.forEachSite }))
      .map((why) => ({ migration: migration.name, why }));
  });
}

type Context = HazardFacts & { file: string; isBySite: boolean };

function reasons(statement: string, context: Context): string[] {
  const dropped = /^drop (view|function|schema) (?:if exists )?([\w.]+)/.exec(statement);
  if (dropped !== null) return droppedWhole(dropped[1] ?? "", dropped[2] ?? "", context);
  if (statement.startsWith("do $") && context.tables.size > 0)
    return ["runs a block whose locks cannot be told"];
  const subject = subjectOf(statement);
  const table = subject === null ? undefined : context.tables.get(subject);
  if (subject === null || table === undefined) return [];
  const isBig = table.bytes >= context.bigTableBytes;
  return [
    ...takesAway(statement, subject),
    ...columnChanges(statement, subject, table),
    ...(isBig ? longLocks(statement, subject, context) : []),
  ];
}

/** A view or function that the same file makes again is replaced, not taken away. */
function droppedWhole(kind: string, name: string, { file, tables }: Context): string[] {
  if (kind === "schema") {
    const holds = [...tables.keys()].some((table) => table.startsWith(`${name}.`));
    return holds ? [`drops the schema ${name}`] : [];
  }
  const made = new RegExp(`create (or replace )?${kind} ${name.replaceAll(".", "\\.")}\\b`);
  return made.test(file) ? [] : [`drops the ${kind} ${name}`];
}

function takesAway(statement: string, subject: string): string[] {
  if (statement.startsWith("drop table")) return [`drops the table ${subject}`];
  if (statement.startsWith("truncate")) return [`empties the table ${subject}`];
  const renamed = /^alter table .* rename (?:column \w+ )?to\b/.test(statement);
  return renamed ? [`renames something of ${subject}`] : [];
}

function columnChanges(statement: string, subject: string, table: TableFacts): string[] {
  const found: string[] = [];
  for (const [, column] of statement.matchAll(/\bdrop column (?:if exists )?(\w+)/g)) {
    found.push(`drops the column ${subject}.${column}`);
  }
  for (const [, column] of statement.matchAll(/\balter (?:column )?(\w+) (?:set data )?type\b/g)) {
    found.push(`changes the type of ${subject}.${column}, which writes the table anew`);
  }
  for (const [, column = ""] of statement.matchAll(/\balter (?:column )?(\w+) set not null\b/g)) {
    if (!table.neverNull.has(column))
      found.push(`${subject}.${column} becomes not null without a validated check`);
  }
  return [...found, ...addedColumns(statement, subject)];
}

function addedColumns(statement: string, subject: string): string[] {
  const found: string[] = [];
  for (const [, column, definition = ""] of statement.matchAll(
    /\badd column (?:if not exists )?(\w+) ([^;]*)/g,
  )) {
    if (VOLATILE_DEFAULT.test(definition)) {
      found.push(`adds ${subject}.${column} with a value for each row, which writes the table anew`);
    } else if (/\bnot null\b/.test(definition) && !/\bdefault\b/.test(definition)) {
      found.push(`adds ${subject}.${column} as not null without a default`);
    }
  }
  return found;
}

function longLocks(statement: string, subject: string, { isBySite }: Context): string[] {
  if (/^create (unique )?index (?!concurrently)/.test(statement)) {
    return [`makes an index on the big table ${subject} while nobody can write to it`];
  }
  if (/\badd constraint \w+ (unique|primary key)\b(?! using index)/.test(statement)) {
    return [`makes a unique index on the big table ${subject} while nobody can use it`];
  }
  if (/\badd constraint \w+ (check|foreign key)\b/.test(statement) && !/\bnot valid\b/.test(statement)) {
    return [`checks each row of the big table ${subject} while nobody can write to it`];
  }
  // Site by site no row waits for those of the whole table.
  return !isBySite && /^(update|delete from) /.test(statement)
    ? [`writes to the rows of the big table ${subject}`]
    : [];
}

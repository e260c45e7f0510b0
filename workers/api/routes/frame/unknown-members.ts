import type { z } from "zod/mini";

type Schema = z.core.$ZodType;
type Def = z.core.$ZodTypes["_zod"]["def"];

/**
 * Paths of the members of a body that its schema has no name for, such as `rows.0.dya`; of a body that the schema takes.
 * What may be anything, and what has names of the sender's own, has none.
 */
export function unknownMembers(schema: Schema, value: unknown): string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === "union") return ofLikeliest(def.options, value);
  const inner = wrappedBy(def);
  if (inner !== null) return unknownMembers(inner, value);
  return membersOf(def, value).flatMap(([name, member, own]) =>
    member === null ? [name] : unknownMembers(member, own).map((path) => `${name}.${path}`),
  );
}

/** Of the kind that names most of it. */
function ofLikeliest(options: readonly Schema[], value: unknown): string[] {
  const [first = [], ...others] = options.map((option) => unknownMembers(option, value));
  return others.reduce((least, paths) => (paths.length < least.length ? paths : least), first);
}

/** What is inside of a schema that only says more of it. */
function wrappedBy(def: Def): Schema | null {
  if (def.type === "pipe") return def.in;
  return "innerType" in def ? def.innerType : null;
}

type Member = [name: string, schema: Schema | null, value: unknown];

/** The members of a value with their schemas; null for one that there is none for. */
function membersOf(def: Def, value: unknown): Member[] {
  if (typeof value !== "object" || value === null) return [];
  const members = Object.entries(value);
  if (def.type === "array") return members.map(([name, own]) => [name, def.element, own]);
  if (def.type !== "object" || def.catchall !== undefined) return [];
  const { shape } = def;
  return members.map(([name, own]) => [name, Object.hasOwn(shape, name) ? (shape[name] ?? null) : null, own]);
}

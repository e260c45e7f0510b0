import type { Schema } from "./document-shape.ts";
import { escapeHtml } from "./markup.ts";

/** A shape as a table of its fields, what lies inside a field indented below it; a table for each kind where there are several. */
export function renderSchema(schema: Schema): string {
  if (schema.$ref !== undefined) return `<p>${typeHtml(schema)}</p>`;
  if (schema.oneOf !== undefined) return schema.oneOf.map((kind) => renderSchema(kind)).join("");
  const rows = fieldRows(schema, 0);
  if (rows.length === 0) return `<p>${typeHtml(schema)}</p>`;
  return `<table><thead><tr><th>Field</th><th>Type</th><th>Limits</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

/** `string`, `array of Site` with a link, `"first" | "last"`. */
export function typeHtml(schema: Schema): string {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split("/").at(-1) ?? "";
    return `<a href="#schema-${escapeHtml(name)}">${escapeHtml(name)}</a>`;
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return [...new Set(choices.map((one) => typeHtml(one)))].join(" or ");
  if (schema.enum !== undefined) return schema.enum.map((one) => codeOf(one)).join(" | ");
  if (schema.const !== undefined) return codeOf(schema.const);
  if (schema.items !== undefined) return `list of ${typeHtml(schema.items)}`;
  return escapeHtml([schema.type ?? "any"].flat().join(" or "));
}

export function limitsHtml(schema: Schema): string {
  const bounds = [
    range(schema.minLength, schema.maxLength, "characters"),
    range(schema.minItems, schema.maxItems, "entries"),
    range(safe(schema.minimum), safe(schema.maximum), ""),
  ].filter((words) => words !== "");
  const pattern = patternOf(schema);
  const written = pattern === undefined ? [] : [`<code class="pattern">${escapeHtml(pattern)}</code>`];
  return [...bounds, ...written].join("<br>");
}

function fieldRows(schema: Schema, depth: number): string[] {
  const inner = objectIn(schema);
  const required = new Set(inner.required ?? []);
  return Object.entries(inner.properties ?? {}).flatMap(([name, field]) => [
    `<tr><td style="padding-left:${depth * 20 + 12}px"><code>${escapeHtml(name)}</code>${required.has(name) ? "" : ' <span class="optional">optional</span>'}</td><td>${typeHtml(field)}</td><td>${limitsHtml(field)}</td></tr>`,
    ...fieldRows(field, depth + 1),
  ]);
}

/** The object whose fields are to be shown: the schema itself, its entries', or the one choice that is not null. */
function objectIn(schema: Schema): Schema {
  if (schema.items !== undefined) return objectIn(schema.items);
  const choice = schema.anyOf?.find((one) => one.properties !== undefined);
  return choice ?? schema;
}

function patternOf(schema: Schema): string | undefined {
  return schema.pattern ?? schema.anyOf?.find((one) => one.pattern !== undefined)?.pattern;
}

function range(least: number | undefined, most: number | undefined, unit: string): string {
  if (least === undefined && most === undefined) return "";
  if (least === undefined) return `at most ${most} ${unit}`.trim();
  if (most === undefined) return `at least ${least} ${unit}`.trim();
  return `${least} to ${most} ${unit}`.trim();
}

/** The bounds of exact integers say nothing to a reader. */
function safe(bound: number | undefined): number | undefined {
  return bound === undefined || Math.abs(bound) === Number.MAX_SAFE_INTEGER ? undefined : bound;
}

function codeOf(value: unknown): string {
  return `<code>${escapeHtml(JSON.stringify(value) ?? "")}</code>`;
}

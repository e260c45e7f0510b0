import type { ReportModel } from "#core/report/report-model.ts";
import { utf8 } from "#rendering/format/utf8.ts";

/**
 * The model itself, for programs: every figure as the other formats have it, money in minor units. Keys stand in the
 * order of the alphabet, so that the same model is the same file, whoever made the object.
 */
export function renderJson(model: ReportModel): Uint8Array<ArrayBuffer> {
  return utf8(`${JSON.stringify(model, sortKeys)}\n`);
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

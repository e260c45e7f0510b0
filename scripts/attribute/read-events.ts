import type { Touch } from "#core/attribution/journey.ts";
import { csvRows, InputError } from "./csv-rows.ts";
import { readWhole } from "./read-number.ts";

const TOUCH_COLUMNS = ["touch_id", "visitor_id", "ts_ms", "channel", "campaign"];
const CONVERSION_COLUMNS = ["conversion_id", "visitor_id", "ts_ms", "revenue_cents"];
const DIRECT = "direct";

export type EventConversion = { id: string; atMs: number; cents: number };
export type EventVisitor = { touches: Touch[]; conversions: EventConversion[] };
export type EventFiles = { touchpoints: string; conversions: string; by: "channel" | "campaign" };

/** All visitors of the two files. A visitor's lines may be anywhere, so that all are held at once. */
export async function readEvents({ touchpoints, conversions, by }: EventFiles): Promise<EventVisitor[]> {
  const visitors = new Map<string, EventVisitor>();
  const visitorOf = (id: string, where: string) => {
    if (id === "") throw new InputError(`${where}: visitor_id is empty`);
    const visitor = visitors.get(id) ?? { touches: [], conversions: [] };
    visitors.set(id, visitor);
    return visitor;
  };
  const groups = new Map<string, string>();
  for await (const { line, cells } of csvRows(touchpoints, TOUCH_COLUMNS)) {
    const where = `${touchpoints}, line ${line}`;
    const touch = readTouch(cells, by, where);
    // A cell is a view of its line: the first one of each name is kept, not all lines.
    const group = groups.get(touch.group) ?? touch.group;
    groups.set(group, group);
    visitorOf(cells["visitor_id"] ?? "", where).touches.push({ ...touch, group });
  }
  for await (const { line, cells } of csvRows(conversions, CONVERSION_COLUMNS)) {
    const where = `${conversions}, line ${line}`;
    visitorOf(cells["visitor_id"] ?? "", where).conversions.push(readConversion(cells, where));
  }
  return [...visitors.values()];
}

function readTouch(cells: Record<string, string>, by: "channel" | "campaign", where: string): Touch {
  const channel = cells["channel"] ?? "";
  if (channel === "") throw new InputError(`${where}: channel is empty`);
  return {
    id: sortable(cells["touch_id"] ?? ""),
    atMs: readWhole(cells, "ts_ms", where),
    rank: 0,
    group: cells[by] ?? "",
    isDirect: channel.toLowerCase() === DIRECT,
  };
}

function readConversion(cells: Record<string, string>, where: string): EventConversion {
  return {
    id: sortable(cells["conversion_id"] ?? ""),
    atMs: readWhole(cells, "ts_ms", where),
    cents: readWhole(cells, "revenue_cents", where),
  };
}

/** Ties go by id: numbers in the order of numbers, anything else as text. */
function sortable(id: string): string {
  return /^\d+$/.test(id) ? id.padStart(20, "0") : id;
}

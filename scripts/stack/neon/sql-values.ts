/** Postgres type numbers that the endpoint turns into JSON of their own kind. */
const BOOL = 16;
const INTEGERS: ReadonlySet<number> = new Set([21, 23]);
const FLOATS: ReadonlySet<number> = new Set([700, 701]);
const JSONS: ReadonlySet<number> = new Set([114, 3802]);
const ELEMENT_OF_ARRAY: ReadonlyMap<number, number> = new Map([
  [1000, BOOL],
  [1005, 21],
  [1007, 23],
  [1016, 20],
  [1021, 700],
  [1022, 701],
  [199, 114],
  [3807, 3802],
  [1009, 25],
  [1015, 1043],
  [1231, 1700],
  [2951, 2950],
  [1115, 1114],
  [1185, 1184],
  [1182, 1082],
]);

/** A value as Postgres wrote it, as JSON of its type. int8 and numeric stay text: a double cannot hold them. */
export function toJsonValue(text: string, typeId: number): unknown {
  const elementType = ELEMENT_OF_ARRAY.get(typeId);
  if (elementType !== undefined) return parseArray(text, elementType);
  if (typeId === BOOL) return text === "t";
  if (INTEGERS.has(typeId)) return Number(text);
  if (FLOATS.has(typeId)) return Number.isFinite(Number(text)) ? Number(text) : text;
  return JSONS.has(typeId) ? JSON.parse(text) : text;
}

function parseArray(text: string, elementType: number): unknown[] {
  // Bounds, as in [2:3]={1,2}, have no counterpart in JSON.
  const start = text.startsWith("[") ? text.indexOf("=") + 1 : 0;
  return readList({ text, at: start }, elementType);
}

type Cursor = { text: string; at: number };

function readList(cursor: Cursor, elementType: number): unknown[] {
  const list: unknown[] = [];
  cursor.at += 1;
  while (cursor.text[cursor.at] !== "}") {
    list.push(readElement(cursor, elementType));
    if (cursor.text[cursor.at] === ",") cursor.at += 1;
  }
  cursor.at += 1;
  return list;
}

function readElement(cursor: Cursor, elementType: number): unknown {
  const first = cursor.text[cursor.at];
  if (first === "{") return readList(cursor, elementType);
  if (first === '"') return toJsonValue(readQuoted(cursor), elementType);

  const start = cursor.at;
  while (cursor.text[cursor.at] !== "," && cursor.text[cursor.at] !== "}") cursor.at += 1;
  const word = cursor.text.slice(start, cursor.at);
  return word === "NULL" ? null : toJsonValue(word, elementType);
}

function readQuoted(cursor: Cursor): string {
  let value = "";
  cursor.at += 1;
  while (cursor.text[cursor.at] !== '"') {
    if (cursor.text[cursor.at] === "\\") cursor.at += 1;
    value += cursor.text[cursor.at];
    cursor.at += 1;
  }
  cursor.at += 1;
  return value;
}

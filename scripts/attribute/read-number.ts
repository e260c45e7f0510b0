import { InputError } from "./csv-rows.ts";

type Cells = Readonly<Record<string, string>>;

/** A cell that is a whole number of at least 0. */
export function readWhole(cells: Cells, column: string, where: string): number {
  const text = cells[column] ?? "";
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number))
    throw new InputError(`${where}: ${column} is "${text}", which is no whole number`);
  return number;
}

/** A cell that is a decimal number of at least 0. */
export function readDecimal(cells: Cells, column: string, where: string): number {
  return decimalIn(/^\d+(\.\d*)?([eE][+-]?\d+)?$/, { text: cells[column] ?? "", column, where });
}

/** A cell that is a decimal number, perhaps below 0. */
export function readSigned(cells: Cells, column: string, where: string): number {
  return decimalIn(/^-?\d+(\.\d*)?([eE][+-]?\d+)?$/, { text: cells[column] ?? "", column, where });
}

type Written = { text: string; column: string; where: string };

function decimalIn(shape: RegExp, { text, column, where }: Written): number {
  const number = Number(text);
  if (!shape.test(text) || !Number.isFinite(number))
    throw new InputError(`${where}: ${column} is "${text}", which is no amount`);
  return number;
}

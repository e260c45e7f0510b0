import type { Page } from "playwright-core";

export type ScreenTable = { headers: string[]; rows: ScreenRow[]; total: string[] };
/** `cells` has the row's name too, so that it lines up with the headers. */
export type ScreenRow = { name: string; cells: string[] };

/** A table as it stands on the screen, by its caption. */
export async function readTable(page: Page, caption: string): Promise<ScreenTable> {
  const table = page.getByRole("table", { name: caption, exact: true });
  await table.waitFor({ state: "attached" });
  return await table.evaluate((element) => {
    const textOf = (cell: Element): string => (cell as HTMLElement).innerText.trim();
    const cellsOf = (row: Element | undefined): string[] => [...(row?.children ?? [])].map(textOf);
    const { tHead, tBodies, tFoot } = element as HTMLTableElement;
    return {
      headers: cellsOf([...(tHead?.rows ?? [])].at(-1)),
      rows: [...(tBodies[0]?.rows ?? [])].map((row) => {
        const cells = cellsOf(row);
        // Under a name there may be a second line that explains it.
        return { name: (cells[0] ?? "").split("\n")[0] ?? "", cells };
      }),
      total: cellsOf(tFoot?.rows[0]),
    };
  });
}

/** A column by its header; where groups repeat it, `{ header, group }` means its n-th occurrence. */
export type Under = string | { header: string; group: number };

export function column({ headers, rows }: ScreenTable, under: Under): string[] {
  const at = indexOf(headers, under);
  return rows.map(({ cells }) => cells[at] ?? "");
}

export function totalOf({ headers, total }: ScreenTable, under: Under): string {
  return total[indexOf(headers, under)] ?? "";
}

export function cellOf({ headers, rows }: ScreenTable, name: string, under: Under): string {
  const row = rows.find((candidate) => candidate.name === name);
  if (!row) throw new Error(`No row ${name} among ${rows.map((candidate) => candidate.name).join(", ")}`);
  return row.cells[indexOf(headers, under)] ?? "";
}

function indexOf(headers: readonly string[], under: Under): number {
  const { header, group } = typeof under === "string" ? { header: under, group: 0 } : under;
  const places = headers.flatMap((text, index) => (text === header ? [index] : []));
  const place = places[group];
  if (place === undefined) throw new Error(`No column ${header} among ${headers.join(", ")}`);
  return place;
}

/** "€1,234.50" → 123450, "12.5" → 1250, "–" → 0: hundredths, which add up without an error of floats. */
export function hundredths(text: string): number {
  if (text === "–") return 0;
  // A margin stands behind the figure it belongs to.
  const plain = (text.split("±")[0] ?? "").replaceAll(/[€,×%\s]/g, "").replace("−", "-");
  if (!/^-?\d+(\.\d{1,2})?$/.test(plain)) throw new Error(`No figure: ${JSON.stringify(text)}`);
  return Math.round(Number(plain) * 100);
}

export function sum(texts: readonly string[]): number {
  return texts.reduce((total, text) => total + hundredths(text), 0);
}

/** The figure of a tile. */
export async function readTile(page: Page, label: string): Promise<string> {
  const tile = page.getByRole("group", { name: label, exact: true });
  return await tile.locator(".kpi-value").innerText();
}

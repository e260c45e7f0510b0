import { readSheet } from "read-excel-file/web-worker";

/** A workbook's first sheet as rows of texts; days as `YYYY-MM-DD`, numbers with the digits that the file holds. */
export async function readWorkbook(file: File): Promise<string[][]> {
  const rows = await readSheet(file, { parseNumber: (text: string) => text });
  return rows.map((row) => row.map(cellText));
}

function cellText(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return typeof cell === "string" || typeof cell === "boolean" ? String(cell) : "";
}

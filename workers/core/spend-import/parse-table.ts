const DELIMITERS = ["\t", ";", ","] as const;

/**
 * Pasted cells or a CSV file as rows of trimmed cells. The delimiter is the one that occurs most often in the first line
 * outside of quotes: tabs as spreadsheets copy them, else semicolons or commas. Quotes may hold line ends and doubled
 * quotes (RFC 4180). Lines without any text keep their place, so that lines are numbered as in the file.
 */
export function parseTable(text: string): string[][] {
  const clean = text.replace(/^\uFEFF/, "");
  const delimiter = delimiterOf(clean);
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let isQuoted = false;
  const endCell = () => {
    row.push(cell.trim());
    cell = "";
  };
  const endRow = () => {
    endCell();
    rows.push(row);
    row = [];
  };
  for (let at = 0; at < clean.length; at += 1) {
    const character = clean[at] ?? "";
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (clean[at + 1] === '"') cell += clean[(at += 1)];
      else isQuoted = false;
    } else if (character === '"' && cell.trim() === "") {
      isQuoted = true;
      cell = "";
    } else if (character === delimiter) endCell();
    else if (character === "\n") endRow();
    else if (character !== "\r") cell += character;
  }
  if (cell !== "" || row.length > 0) endRow();
  return rows;
}

function delimiterOf(text: string): string {
  const firstLine = (/^.*$/m.exec(text)?.[0] ?? "").replaceAll(/"[^"]*"/g, "");
  const counts = DELIMITERS.map((delimiter) => firstLine.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}

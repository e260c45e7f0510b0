const DELIMITERS = ["\t", ";", ","] as const;

/**
 * Pasted cells or a CSV file as rows of trimmed cells. The delimiter is the one that occurs most often in the first line
 * outside of quotes: tabs as spreadsheets copy them, else semicolons or commas. Quotes may hold line ends and doubled
 * quotes (RFC 4180). Lines without any text keep their place, so that lines are numbered as in the file.
 */
export function parseTable(text: string): string[][] {
  const clean = text.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n");
  const token = tokenPattern(delimiterOf(clean));
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < clean.length) {
    token.lastIndex = at;
    const [whole = "", quoted, plain, end] = token.exec(clean) ?? [clean.slice(at)];
    row.push(quoted === undefined ? (plain ?? whole).trim() : quoted.replaceAll('""', '"').trim());
    at += Math.max(whole.length, 1);
    if (end === "\n" || at >= clean.length) {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

/** A cell, quoted or plain, and what ends it: the delimiter, a line end, or the end of the text. */
function tokenPattern(delimiter: string): RegExp {
  return new RegExp(
    `[^\\S\\n${delimiter}]*(?:"([^"]*(?:""[^"]*)*)"[^${delimiter}\\n]*|([^${delimiter}\\n]*))(${delimiter}|\\n|$)`,
    "y",
  );
}

function delimiterOf(text: string): string {
  const firstLine = (/^.*$/m.exec(text)?.[0] ?? "").replaceAll(/"[^"]*"/g, "");
  const counts = DELIMITERS.map((delimiter) => firstLine.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}

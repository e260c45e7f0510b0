import type { CellStyle } from "hucre/xlsx";

import { CELL_FORMATS, ROW_LOOKS } from "./sheet.ts";
import type { CellFormat, LeadLine, RowLook } from "./sheet.ts";

/** What a cell may look like; each is one style of the workbook. */
export type StyleName = `${RowLook}:${CellFormat}` | `header:${"text" | "number"}` | LeadLine["look"];

export type StyleChoices = {
  /** `#rrggbb` of the brand. */
  accent: string;
  /** The number format of `money`. */
  currencyFormat: string;
};

const INK = "131A24";
const SOFT_INK = "606C7E";
const WEAK_INK = "8F9BAB";
const RULE = "C3CBD7";
const HEADER_FILL = "F2F4F7";

const LEADS: Readonly<Record<LeadLine["look"], CellStyle>> = {
  title: { font: { bold: true, size: 18, color: { rgb: INK } }, alignment: { vertical: "center" } },
  subtitle: { font: { size: 11, color: { rgb: SOFT_INK } } },
  sentence: { font: { size: 12, color: { rgb: INK } }, alignment: { wrapText: true, vertical: "center" } },
};

/** Every style there is, by its name. */
export function cellStyles(choices: StyleChoices): Map<StyleName, CellStyle> {
  const numbers = numberFormats(choices.currencyFormat);
  const body = ROW_LOOKS.flatMap((look) =>
    CELL_FORMATS.map((format) => [`${look}:${format}`, bodyStyle(look, format, numbers[format])] as const),
  );
  return new Map<StyleName, CellStyle>([
    ...body,
    ["header:text", headerStyle("left", choices.accent)],
    ["header:number", headerStyle("right", choices.accent)],
    ["title", LEADS.title],
    ["subtitle", LEADS.subtitle],
    ["sentence", LEADS.sentence],
  ]);
}

export function isNumber(format: CellFormat): boolean {
  return format !== "text" && format !== "guarded" && format !== "wrapped";
}

function numberFormats(currencyFormat: string): { readonly [format in CellFormat]: string | null } {
  return {
    text: null,
    // Excel keeps what it shows as text a text, also after someone has edited the cell.
    guarded: "@",
    wrapped: null,
    count: "#,##0",
    credit: "#,##0.00",
    money: currencyFormat,
    ratio: '0.00"×"',
    percent: "0.0%",
    change: "+0.0%;-0.0%;0.0%",
    days: "#,##0.0",
    day: "yyyy-mm-dd",
    rate: "0.000000",
  };
}

function bodyStyle(look: RowLook, format: CellFormat, numFmt: string | null): CellStyle {
  return {
    ...(numFmt === null ? {} : { numFmt }),
    font: { size: 11, bold: look === "total", color: { rgb: look === "weak" ? WEAK_INK : INK } },
    alignment: {
      vertical: "top",
      ...(format === "wrapped" ? { wrapText: true } : {}),
      ...(format === "day" ? { horizontal: "left" as const } : {}),
    },
    ...(look === "total" ? { border: { top: { style: "thin" as const, color: { rgb: RULE } } } } : {}),
  };
}

function headerStyle(horizontal: "left" | "right", accent: string): CellStyle {
  return {
    font: { size: 11, bold: true, color: { rgb: INK } },
    fill: { type: "pattern", pattern: "solid", fgColor: { rgb: HEADER_FILL } },
    border: { bottom: { style: "medium", color: { rgb: accent.slice(1).toUpperCase() } } },
    alignment: { horizontal, vertical: "bottom", wrapText: true },
  };
}

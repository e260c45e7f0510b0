import type { CellStyle } from "hucre/xlsx";

import { CELL_FORMATS, ROW_LOOKS } from "./sheet.ts";
import type { CellFormat, LeadLine, RowLook } from "./sheet.ts";

/** What a cell may look like; each is one style of the workbook. */
export type StyleName = `${RowLook}:${CellFormat}` | `header:${"text" | "number"}` | LeadLine["look"];

type FontOfCell = NonNullable<CellStyle["font"]>;

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

/** Every spreadsheet has it, or one that is as wide. */
const FONT = "Calibri";
/** A text right of a number would touch it. */
const AFTER_NUMBERS = { horizontal: "left", indent: 1 } as const;

const LEADS: Readonly<Record<LeadLine["look"], CellStyle>> = {
  title: { font: fontOf({ size: 18, bold: true }), alignment: { ...AFTER_NUMBERS, vertical: "center" } },
  subtitle: { font: fontOf({ ink: SOFT_INK }), alignment: AFTER_NUMBERS },
  sentence: {
    font: fontOf({ size: 12 }),
    alignment: { ...AFTER_NUMBERS, wrapText: true, vertical: "center" },
  },
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
    font: fontOf({ bold: look === "total", ink: look === "weak" ? WEAK_INK : INK }),
    alignment: {
      vertical: "top",
      ...(isNumber(format) && format !== "day" ? {} : AFTER_NUMBERS),
      ...(format === "wrapped" ? { wrapText: true } : {}),
    },
    ...(look === "total" ? { border: { top: { style: "thin" as const, color: { rgb: RULE } } } } : {}),
  };
}

function headerStyle(horizontal: "left" | "right", accent: string): CellStyle {
  return {
    font: fontOf({ bold: true }),
    fill: { type: "pattern", pattern: "solid", fgColor: { rgb: HEADER_FILL } },
    border: { bottom: { style: "medium", color: { rgb: accent.slice(1).toUpperCase() } } },
    // The button of the filter lies over the right end of the cell.
    alignment: { horizontal, vertical: "bottom", wrapText: true, indent: horizontal === "right" ? 2 : 1 },
  };
}

function fontOf({
  size = 11,
  bold = false,
  ink = INK,
}: {
  size?: number;
  bold?: boolean;
  ink?: string;
}): FontOfCell {
  return { name: FONT, family: 2, size, bold, color: { rgb: ink } };
}

import { rgb } from "pdf-lib";
import type { RGB } from "pdf-lib";

import { channelPaletteSlot } from "#core/report/channel-palette.ts";

/** A4 in points; y runs downwards from the top edge everywhere in this folder. */
export const PAGE = { width: 595.28, height: 841.89 } as const;
export const MARGIN = 48;
export const CONTENT_WIDTH = PAGE.width - 2 * MARGIN;
/** First line of a page with a running head, and the last usable line above the footer. */
export const CONTENT_TOP = 78;
export const CONTENT_BOTTOM = PAGE.height - 62;

/** The dashboard's light tokens: a report and a screen of the same figures look like one product. */
export const COLOR = {
  band: hex("#0a3638"),
  bandRule: hex("#2fa79f"),
  onBand: hex("#ffffff"),
  onBandSoft: hex("#b5d3d1"),
  ink: hex("#131a24"),
  ink2: hex("#455163"),
  ink3: hex("#606c7e"),
  border: hex("#e3e7ed"),
  borderStrong: hex("#c3cbd7"),
  sunken: hex("#f7f8fa"),
  accent: hex("#0b6b6b"),
  accentFill: hex("#0d7474"),
  share: hex("#dcefed"),
  compare: hex("#9aa4b2"),
  grid: hex("#eaedf2"),
  spend: hex("#d55e00"),
  good: hex("#17703c"),
  bad: hex("#b3261e"),
  white: hex("#ffffff"),
} as const;

/** Categorical palette, safe for colour-blind readers. */
const CATEGORIES = [
  "#0072b2",
  "#d98200",
  "#009e73",
  "#c4558f",
  "#56a8dc",
  "#d55e00",
  "#a08a00",
  "#6b7585",
].map(hex);

export function channelColor(channel: string): RGB {
  return CATEGORIES[channelPaletteSlot(channel) - 1] ?? COLOR.ink3;
}

function hex(code: string): RGB {
  const channel = (at: number): number => Number.parseInt(code.slice(at, at + 2), 16) / 255;
  return rgb(channel(1), channel(3), channel(5));
}

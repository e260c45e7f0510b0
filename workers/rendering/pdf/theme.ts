import type { RGB } from "pdf-lib";

import { channelPaletteSlot } from "#core/report/channel-palette.ts";
import { contrast } from "#rendering/format/contrast.ts";

import { WHITE, darkenedFor, hex, mix, softened } from "./color.ts";

/** A4 in points; y runs downwards from the top edge everywhere in this folder. */
export const PAGE = { width: 595.28, height: 841.89 } as const;
export const MARGIN = 48;
export const CONTENT_WIDTH = PAGE.width - 2 * MARGIN;
/** First line of a page with a running head, and the last usable line above the footer. */
export const CONTENT_TOP = 78;
export const CONTENT_BOTTOM = PAGE.height - 66;

/** The dashboard's light tokens: a report and a screen of the same figures look like one product. */
export const COLOR = {
  ink: hex("#131a24"),
  ink2: hex("#455163"),
  ink3: hex("#606c7e"),
  /** Figures too weak to decide by: pale, and readable all the same (3:1). */
  weak: hex("#858f9e"),
  border: hex("#e3e7ed"),
  borderStrong: hex("#c3cbd7"),
  sunken: hex("#f7f8fa"),
  compare: hex("#9aa4b2"),
  grid: hex("#eaedf2"),
  spend: hex("#d55e00"),
  good: hex("#17703c"),
  bad: hex("#b3261e"),
  warn: hex("#9a5b00"),
  white: WHITE,
} as const;

/** What a brand's accent changes. */
export type Theme = {
  readonly band: RGB;
  readonly bandRule: RGB;
  readonly onBand: RGB;
  readonly onBandSoft: RGB;
  /** Bars and areas on paper. */
  readonly fill: RGB;
  /** Bars behind figures. */
  readonly tint: RGB;
};

const OWN: Theme = {
  band: hex("#0a3638"),
  bandRule: hex("#2fa79f"),
  onBand: WHITE,
  onBandSoft: hex("#b5d3d1"),
  fill: hex("#0d7474"),
  tint: hex("#dcefed"),
};

const READABLE = 4.5;
const VISIBLE = 3;

/** Waymark's own colours, or those made of an accent `#rrggbb`: whatever it is, text and bars stay readable. */
export function themeOf(accent: string | null): Theme {
  if (accent === null || !/^#[0-9a-f]{6}$/i.test(accent)) return OWN;
  const band = hex(accent);
  // White as long as it can be read: black on a strong colour looks like a warning.
  const onBand = contrast(WHITE, band) >= READABLE ? WHITE : COLOR.ink;
  const text = contrast(onBand, band) >= READABLE ? onBand : hex("#000000");
  const fill = darkenedFor(band, VISIBLE);
  return {
    band,
    bandRule: mix(band, text, 0.6),
    onBand: text,
    onBandSoft: softened(text, band, READABLE),
    fill,
    tint: mix(fill, WHITE, 0.15),
  };
}

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

/** The channel's colour as the ground of a label. */
export function channelTint(channel: string): RGB {
  return mix(channelColor(channel), WHITE, 0.14);
}

import { channelsOf, contrast } from "./contrast.ts";

const DARK_INK = "#131a24";
const WHITE = "#ffffff";

/** White or dark, whichever can be read better on the accent `#rrggbb`: by the contrast ratio of WCAG 2. */
export function textOnAccent(accent: string): string {
  const ground = channelsOf(accent);
  const white = contrast(channelsOf(WHITE), ground);
  const dark = contrast(channelsOf(DARK_INK), ground);
  return white >= dark ? WHITE : DARK_INK;
}

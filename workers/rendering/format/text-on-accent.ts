const DARK_INK = "#131a24";
const WHITE = "#ffffff";

/** White or dark, whichever can be read better on the accent `#rrggbb`: by the contrast ratio of WCAG 2. */
export function textOnAccent(accent: string): string {
  const onto = luminance(accent);
  const white = contrast(luminance(WHITE), onto);
  const dark = contrast(luminance(DARK_INK), onto);
  return white >= dark ? WHITE : DARK_INK;
}

function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(colour.slice(at, at + 2), 16) / 255),
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(part: number): number {
  return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

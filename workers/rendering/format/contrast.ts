/** Parts of red, green and blue, 0 to 1. */
export type Channels = { readonly red: number; readonly green: number; readonly blue: number };

/** Contrast of WCAG 2.2, 1 to 21: (L₁ + 0.05) ÷ (L₂ + 0.05). */
export function contrast(one: Channels, other: Channels): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** `#rrggbb`. */
export function channelsOf(code: string): Channels {
  const channel = (at: number): number => Number.parseInt(code.slice(at, at + 2), 16) / 255;
  return { red: channel(1), green: channel(3), blue: channel(5) };
}

/** Relative luminance of sRGB, WCAG 2.2. */
function luminance({ red, green, blue }: Channels): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(channel: number): number {
  return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

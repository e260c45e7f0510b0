import { rgb } from "pdf-lib";
import type { RGB } from "pdf-lib";

/** `#rrggbb`. */
export function hex(code: string): RGB {
  const channel = (at: number): number => Number.parseInt(code.slice(at, at + 2), 16) / 255;
  return rgb(channel(1), channel(3), channel(5));
}

export const WHITE = rgb(1, 1, 1);
const BLACK = rgb(0, 0, 0);

/** `part` of `color`, the rest `other`. */
export function mix(color: RGB, other: RGB, part: number): RGB {
  const blend = (a: number, b: number): number => a * part + b * (1 - part);
  return rgb(
    blend(color.red, other.red),
    blend(color.green, other.green),
    blend(color.blue, other.blue),
  );
}

/** Contrast of WCAG 2.2, 1 to 21: (L₁ + 0.05) ÷ (L₂ + 0.05). */
export function contrast(a: RGB, b: RGB): number {
  const [one, other] = [luminance(a), luminance(b)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/** The colour, darkened as little as it takes to stand out from white by `least`. */
export function darkenedFor(color: RGB, least: number): RGB {
  return firstReadable(color, { towards: BLACK, on: WHITE, least });
}

/** A softer form of `ink` on `paper`: as near to the paper as stays readable. */
export function softened(ink: RGB, paper: RGB, least: number): RGB {
  return firstReadable(mix(ink, paper, 0.68), { towards: ink, on: paper, least });
}

const STEPS = 20;

function firstReadable(start: RGB, { towards, on, least }: { towards: RGB; on: RGB; least: number }): RGB {
  for (let step = 0; step < STEPS; step += 1) {
    const tried = mix(start, towards, 1 - step / STEPS);
    if (contrast(tried, on) >= least) return tried;
  }
  return towards;
}

/** Relative luminance of sRGB, WCAG 2.2. */
function luminance({ red, green, blue }: RGB): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(channel: number): number {
  return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

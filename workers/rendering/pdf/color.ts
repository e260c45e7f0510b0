import { rgb } from "pdf-lib";
import type { RGB } from "pdf-lib";

import { channelsOf, contrast } from "#rendering/format/contrast.ts";

/** `#rrggbb`. */
export function hex(code: string): RGB {
  const { red, green, blue } = channelsOf(code);
  return rgb(red, green, blue);
}

export const WHITE = rgb(1, 1, 1);
const BLACK = rgb(0, 0, 0);

/** `part` of `color`, the rest `other`. */
export function mix(color: RGB, other: RGB, part: number): RGB {
  const blend = (a: number, b: number): number => a * part + b * (1 - part);
  return rgb(blend(color.red, other.red), blend(color.green, other.green), blend(color.blue, other.blue));
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

import "./badge.css";

import type { ComponentChildren } from "preact";

import type { BadgeTone } from "./badge-tone.ts";

/** A state in a word; the colour only repeats it. */
export function Badge({
  tone = "neutral",
  plain,
  children,
}: {
  tone?: BadgeTone;
  plain?: boolean;
  children: ComponentChildren;
}) {
  return <span class={`badge badge-${tone}${plain ? " badge-plain" : ""}`}>{children}</span>;
}

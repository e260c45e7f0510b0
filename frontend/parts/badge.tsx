import "./badge.css";

import type { ComponentChildren } from "preact";

export type BadgeTone = "neutral" | "good" | "warn" | "bad" | "accent";

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

import type { Grouping } from "#core/attribution/grouping.ts";
import { rowName } from "#frontend/attribution/grouping-words.ts";
import { formatCount } from "#frontend/format/number.ts";
import type { DrawnNode, Drawing, Stub } from "./sankey-layout.ts";

/** How many of the next steps a sentence names. */
const NAMED = 3;

/** "Step 2, E-mail: 312 journeys. 45 convert here, 120 end. On to Paid Search 80, Direct 31." */
export function nodeSentence(drawing: Drawing, at: DrawnNode, by: Grouping): string {
  const names = new Map(drawing.nodes.map((drawn) => [drawn.place, rowName(drawn.node, by)]));
  const onward = drawing.links
    .filter(({ from }) => from === at.place)
    .toSorted((one, other) => other.count - one.count)
    .slice(0, NAMED)
    .map(({ to, count }) => `${names.get(to) ?? ""} ${formatCount(count)}`);
  const journeys = at.count === 1 ? "1 journey" : `${formatCount(at.count)} journeys`;
  const parts = [
    `Step ${at.node.position + 1}, ${names.get(at.place) ?? ""}: ${journeys}.`,
    ...(at.stubs.length > 0 ? [`${at.stubs.map(stubWords).join(", ")}.`] : []),
    ...(onward.length > 0 ? [`On to ${onward.join(", ")}.`] : []),
  ];
  return parts.join(" ");
}

function stubWords({ kind, count }: Stub): string {
  switch (kind) {
    case "converted":
      return `${formatCount(count)} convert here`;
    case "ended":
      return `${formatCount(count)} end without a conversion`;
    case "on":
      return `${formatCount(count)} go on beyond what is drawn`;
  }
}

const VERTICAL: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };
const HORIZONTAL: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/**
 * The node that an arrow key leads to: up and down within a step, left and right to the nearest of the next one. Esc
 * leaves (null); another key is not ours (undefined).
 */
export function neighbour(drawing: Drawing, at: DrawnNode | null, key: string): number | null | undefined {
  if (key === "Escape") return at ? null : undefined;
  const [down, right] = [VERTICAL[key], HORIZONTAL[key]];
  if (down === undefined && right === undefined) return undefined;
  if (!at) return column(drawing, 0)[0]?.place;
  return (down === undefined ? beside(drawing, at, right ?? 0) : within(drawing, at, down)).place;
}

function within(drawing: Drawing, at: DrawnNode, step: number): DrawnNode {
  const own = column(drawing, at.node.position);
  return own[own.findIndex(({ place }) => place === at.place) + step] ?? at;
}

function beside(drawing: Drawing, at: DrawnNode, step: number): DrawnNode {
  const next = column(drawing, at.node.position + step);
  return next.toSorted((one, other) => distance(one, at) - distance(other, at))[0] ?? at;
}

function column({ nodes }: Drawing, position: number): DrawnNode[] {
  return nodes.filter(({ node }) => node.position === position).toSorted((one, other) => one.y - other.y);
}

function distance(one: DrawnNode, other: DrawnNode): number {
  return Math.abs(one.y + one.height / 2 - (other.y + other.height / 2));
}

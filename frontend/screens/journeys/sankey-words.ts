import type { JourneyPathsReady } from "#contract/journeys.ts";
import { rowName } from "#frontend/attribution/grouping-words.ts";
import { formatCount } from "#frontend/format/number.ts";
import type { DrawnNode, Drawing, Stub } from "./sankey-layout.ts";

/** How many of the next steps a sentence names. */
const NAMED = 3;

/** "Step 2, E-mail: 312 journeys. 45 convert here, 120 end. On to Paid Search 80, Direct 31." */
export function nodeSentence(
  drawing: Drawing,
  at: DrawnNode,
  { by, align }: Pick<JourneyPathsReady, "by" | "align">,
): string {
  const names = new Map(drawing.nodes.map((drawn) => [drawn.place, rowName(drawn.node, by)]));
  const onward = drawing.links
    .filter(({ from }) => from === at.place)
    .toSorted((one, other) => other.count - one.count)
    .slice(0, NAMED)
    .map(({ to, count }) => `${names.get(to) ?? ""} ${formatCount(count)}`);
  const journeys = at.count === 1 ? "1 journey" : `${formatCount(at.count)} journeys`;
  const parts = [
    `${stepName(at.node.position, align)}, ${names.get(at.place) ?? ""}: ${journeys}.`,
    ...(at.stubs.length > 0 ? [`${at.stubs.map((stub) => stubWords(stub, align)).join(", ")}.`] : []),
    ...(onward.length > 0 ? [`On to ${onward.join(", ")}.`] : []),
  ];
  return parts.join(" ");
}

/** "Step 2", or from the end "Last step", "2 steps before the last". */
function stepName(position: number, align: JourneyPathsReady["align"]): string {
  if (align === "start") return `Step ${position + 1}`;
  if (position === 0) return "Last step";
  return position === 1 ? "The step before the last" : `${position} steps before the last`;
}

function stubWords({ kind, count }: Stub, align: JourneyPathsReady["align"]): string {
  const isStart = align === "start";
  switch (kind) {
    case "converted":
      return `${formatCount(count)} ${isStart ? "convert here" : "begin here and convert"}`;
    case "ended":
      return `${formatCount(count)} ${isStart ? "end without a conversion" : "begin here and do not convert"}`;
    case "on":
      return `${formatCount(count)} ${isStart ? "go on beyond" : "come from before"} what is drawn`;
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
  const own = column(drawing, at.column);
  return own[own.findIndex(({ place }) => place === at.place) + step] ?? at;
}

function beside(drawing: Drawing, at: DrawnNode, step: number): DrawnNode {
  const next = column(drawing, at.column + step);
  return next.toSorted((one, other) => distance(one, at) - distance(other, at))[0] ?? at;
}

function column({ nodes }: Drawing, at: number): DrawnNode[] {
  return nodes.filter((drawn) => drawn.column === at).toSorted((one, other) => one.y - other.y);
}

function distance(one: DrawnNode, other: DrawnNode): number {
  return Math.abs(one.y + one.height / 2 - (other.y + other.height / 2));
}

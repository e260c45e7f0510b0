import { sankey, sankeyLinkHorizontal } from "d3-sankey";
import type { SankeyLink, SankeyNode } from "d3-sankey";

import type { JourneyPathsReady, PathNode } from "#contract/journeys.ts";

/** `place`: in the answer's nodes; d3 numbers its own. */
type NodeFacts = { place: number; node: PathNode; fixedValue: number };
type LinkFacts = { journeys: number };
type LaidNode = SankeyNode<NodeFacts, LinkFacts>;

/**
 * What leaves the picture at a node: converted, ended without, or goes on beyond the last position. Read backwards it is
 * what begins there, and stands before the node.
 */
export type Stub = { kind: "converted" | "ended" | "on"; count: number; y: number; height: number };

export type DrawnNode = {
  place: number;
  node: PathNode;
  /** From 0 at the left. */
  column: number;
  count: number;
  x: number;
  y: number;
  width: number;
  height: number;
  stubs: Stub[];
};
export type DrawnLink = { from: number; to: number; count: number; width: number; path: string };
export type Drawing = { nodes: DrawnNode[]; links: DrawnLink[] };

/** Which journeys are drawn, and on which side of a node they leave the picture. */
type Side = { isConverting: boolean; isBackwards: boolean };

export type Size = { width: number; height: number };

const NODE_WIDTH = 10;
/** Room for a name, however small the step. */
const PADDING = 17;
/** Room for what begins at the first step, where paths are read backwards. */
const LEFT = 8;
/** Where the names of the last step go. */
const RIGHT = 160;

/** Time runs from left to right, also where positions are counted from the end. */
export function columnOf(
  { align, nodes }: Pick<JourneyPathsReady, "align" | "nodes">,
  node: PathNode,
): number {
  return align === "start"
    ? node.position
    : Math.max(...nodes.map(({ position }) => position)) - node.position;
}

/** Places nodes in the column of their position and links between them; `isConverting` leaves the others out. */
export function layOutPaths(paths: JourneyPathsReady, isConverting: boolean, size: Size): Drawing {
  const side = { isConverting, isBackwards: paths.align === "end" };
  const countOf = (node: PathNode) => (isConverting ? node.converting : node.journeys);
  const kept = paths.nodes.flatMap((node, place) =>
    countOf(node) > 0 ? [{ place, node, fixedValue: countOf(node) }] : [],
  );
  const links = paths.links
    .map(({ from, to, journeys, converting }) => ({
      source: from,
      target: to,
      value: isConverting ? converting : journeys,
      journeys,
    }))
    .filter(({ value }) => value > 0);
  if (kept.length === 0) return { nodes: [], links: [] };
  const graph = sankey<NodeFacts, LinkFacts>()
    .nodeId(({ place }) => place)
    .nodeAlign(({ node }) => columnOf(paths, node))
    .nodeWidth(NODE_WIDTH)
    .nodePadding(PADDING)
    .extent([
      [LEFT, 8],
      [size.width - RIGHT, size.height - 8],
    ])({
    nodes: kept,
    links,
  });
  return {
    nodes: graph.nodes.map((laid) => drawnNode(laid, side, columnOf(paths, laid.node))),
    links: graph.links.flatMap((laid) => drawnLink(laid)),
  };
}

function drawnNode(laid: LaidNode, side: Side, column: number): DrawnNode {
  const { x0 = 0, y0 = 0, y1 = 0, place, node, fixedValue: count } = laid;
  return {
    place,
    node,
    column,
    count,
    // A single column has no width to share out, which d3 says as NaN.
    x: Number.isFinite(x0) ? x0 : LEFT,
    y: y0,
    width: NODE_WIDTH,
    height: y1 - y0,
    stubs: stubsOf(laid, side),
  };
}

/** Below the links on that side of a node, in the same scale, stands what leaves the picture. */
function stubsOf(laid: LaidNode, { isConverting, isBackwards }: Side): Stub[] {
  const { y0 = 0, y1 = 0, node, fixedValue } = laid;
  const neighbours = isBackwards ? laid.targetLinks : laid.sourceLinks;
  const perJourney = fixedValue === 0 ? 0 : (y1 - y0) / fixedValue;
  const linked = (neighbours ?? []).reduce((sum, { value }) => sum + value, 0);
  const ended = isConverting ? 0 : node.endsNull;
  const on = Math.max(0, fixedValue - linked - node.endsConverting - ended);
  let y = y0 + linked * perJourney;
  const counts = [
    { kind: "converted" as const, count: node.endsConverting },
    { kind: "ended" as const, count: ended },
    { kind: "on" as const, count: on },
  ];
  return counts
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => {
      const stub = { kind, count, y, height: count * perJourney };
      y += stub.height;
      return stub;
    });
}

const ribbon = sankeyLinkHorizontal<NodeFacts, LinkFacts>();

function drawnLink(laid: SankeyLink<NodeFacts, LinkFacts>): DrawnLink[] {
  const { source, target, value, width = 0 } = laid;
  const path = ribbon(laid);
  if (typeof source !== "object" || typeof target !== "object" || path === null) return [];
  return [{ from: source.place, to: target.place, count: value, width, path }];
}

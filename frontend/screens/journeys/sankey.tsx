import "./sankey.css";

import { useMemo, useState } from "preact/hooks";

import type { JourneyPathsReady } from "#contract/journeys.ts";
import { rowName } from "#frontend/attribution/grouping-words.ts";
import { formatCount } from "#frontend/format/number.ts";
import { layOutPaths } from "./sankey-layout.ts";
import type { DrawnLink, DrawnNode, Drawing, Stub } from "./sankey-layout.ts";
import { neighbour, nodeSentence } from "./sankey-words.ts";
import type { ColourOf } from "./top-journeys-card.tsx";

const SIZE = { width: 1_080, height: 420 };
const STUB_WIDTH = 7;

type SankeyProps = { paths: JourneyPathsReady; isConverting: boolean; colourOf: ColourOf };

/** Journeys as ribbons between steps. Arrow keys walk from step to step; the line below reads the one looked at. */
export function Sankey({ paths, isConverting, colourOf }: SankeyProps) {
  const drawing = useMemo(() => layOutPaths(paths, isConverting, SIZE), [paths, isConverting]);
  const [chosen, setChosen] = useState<number | null>(null);
  const at = drawing.nodes.find(({ place }) => place === chosen) ?? null;
  return (
    <figure class="sankey">
      <div
        class="sankey-stage"
        role="group"
        tabIndex={0}
        aria-label="Steps of journeys. The arrow keys walk from step to step."
        onKeyDown={(event) => {
          const next = neighbour(drawing, at, event.key);
          if (next === undefined) return;
          event.preventDefault();
          event.stopPropagation();
          setChosen(next);
        }}
        onMouseLeave={() => setChosen(null)}
        onBlur={() => setChosen(null)}
      >
        <svg viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} aria-hidden="true" focusable="false">
          <Ribbons drawing={drawing} chosen={chosen} colourOf={colourOf} />
          {drawing.nodes.map((drawn) => (
            <Node
              key={drawn.place}
              drawn={drawn}
              name={rowName(drawn.node, paths.by)}
              colour={colourOf(asRow(drawn))}
              isBackwards={paths.align === "end"}
              isFaint={chosen !== null && !touches(drawing.links, chosen, drawn.place)}
              onChoose={() => setChosen(drawn.place)}
            />
          ))}
        </svg>
      </div>
      <div class="sankey-line small" role="status">
        {at ? (
          nodeSentence(drawing, at, paths)
        ) : (
          <span class="muted">Point at a step, or walk with the arrow keys, to read what happens there.</span>
        )}
      </div>
    </figure>
  );
}

type RibbonsProps = { drawing: Drawing; chosen: number | null; colourOf: ColourOf };

function Ribbons({ drawing, chosen, colourOf }: RibbonsProps) {
  const nodes = new Map(drawing.nodes.map((drawn) => [drawn.place, drawn]));
  return (
    <g fill="none">
      {drawing.links.map(({ from, to, path, width }) => {
        const source = nodes.get(from);
        const look =
          chosen === null ? "" : from === chosen || to === chosen ? " sankey-lit" : " sankey-faint";
        return (
          <path
            key={`${from} ${to}`}
            class={`sankey-ribbon${look}`}
            d={path}
            stroke={source ? colourOf(asRow(source)) : undefined}
            stroke-width={Math.max(1, width)}
          />
        );
      })}
    </g>
  );
}

type NodeProps = {
  drawn: DrawnNode;
  name: string;
  colour: string;
  isBackwards: boolean;
  isFaint: boolean;
  onChoose: () => void;
};

function Node({ drawn, name, colour, isBackwards, isFaint, onChoose }: NodeProps) {
  const { x, y, width, height, count, stubs } = drawn;
  return (
    <g class={isFaint ? "sankey-node sankey-faint" : "sankey-node"} onMouseEnter={onChoose}>
      {stubs.map((stub) => (
        <StubShape key={stub.kind} stub={stub} x={isBackwards ? x - STUB_WIDTH : x + width} />
      ))}
      <rect x={x} y={y} width={width} height={Math.max(1, height)} rx={2} fill={colour} />
      <text class="sankey-name" x={x + width + STUB_WIDTH + 6} y={y + height / 2} dy="0.35em">
        {shortened(name)} <tspan class="sankey-count">{formatCount(count)}</tspan>
      </text>
    </g>
  );
}

/** Beside the step, as high as its share: what converted there, what ended, what goes on beyond the picture. */
function StubShape({ stub: { kind, y, height }, x }: { stub: Stub; x: number }) {
  return (
    <rect
      class={`sankey-stub sankey-${kind}`}
      x={x}
      y={y}
      width={STUB_WIDTH}
      height={Math.max(0.5, height)}
    />
  );
}

function asRow({ node: { kind, key } }: DrawnNode) {
  return { kind, key };
}

function touches(links: readonly DrawnLink[], chosen: number, place: number): boolean {
  return (
    place === chosen ||
    links.some(({ from, to }) => (from === chosen && to === place) || (to === chosen && from === place))
  );
}

const LONGEST_NAME = 18;

function shortened(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
}

import type { JourneyPathsReady } from "#contract/journeys.ts";
import { rowName } from "#frontend/attribution/grouping-words.ts";
import { formatCount, formatShare } from "#frontend/format/number.ts";
import { DataTable } from "#frontend/parts/data-table.tsx";

type Step = { key: string; from: string; to: string; position: number; journeys: number; converting: number };

/** Every link of the picture, in figures. */
export function PathsTable({ paths }: { paths: JourneyPathsReady }) {
  return (
    <DataTable
      caption="Steps of journeys"
      columns={[
        { key: "from", header: "From", cell: (step) => step.from },
        { key: "to", header: "To", cell: (step) => step.to },
        {
          key: "step",
          header: "Step",
          numeric: true,
          sortBy: (step) => step.position,
          cell: (step) => stepText(step, paths.align),
        },
        {
          key: "journeys",
          header: "Journeys",
          numeric: true,
          sortBy: (step) => step.journeys,
          cell: (step) => formatCount(step.journeys),
        },
        {
          key: "converting",
          header: "Converted in the end",
          numeric: true,
          sortBy: (step) => step.converting,
          cell: (step) => (
            <>
              {formatCount(step.converting)}{" "}
              <span class="muted">
                {formatShare(step.journeys === 0 ? null : step.converting / step.journeys)}
              </span>
            </>
          ),
        },
      ]}
      rows={stepsOf(paths)}
      keyOf={(step) => step.key}
      initialSort={{ key: "journeys", direction: "desc" }}
    />
  );
}

/** "1 → 2" from the first touch on; "2 → 1" where steps are counted back from the last one. */
function stepText({ position }: Step, align: JourneyPathsReady["align"]): string {
  return align === "start" ? `${position} → ${position + 1}` : `${position} → ${position - 1}`;
}

/** Links between groups, and where journeys ended, or began where they are read backwards. */
function stepsOf({ nodes, links, by, align }: JourneyPathsReady): Step[] {
  const between = links.flatMap(({ from, to, journeys, converting }) => {
    const [source, target] = [nodes[from], nodes[to]];
    if (!source || !target) return [];
    const names = { from: rowName(source, by), to: rowName(target, by) };
    return [{ key: `${from} ${to}`, ...names, position: source.position + 1, journeys, converting }];
  });
  const ends = nodes.flatMap((node, index) => {
    const name = rowName(node, by);
    const isStart = align === "start";
    const place = (edge: string) => (isStart ? { from: name, to: edge } : { from: edge, to: name });
    const position = node.position + (isStart ? 1 : 2);
    const [good, bad] = isStart
      ? ["(conversion)", "(no conversion)"]
      : ["(start, converts)", "(start, does not)"];
    const { endsConverting, endsNull } = node;
    return [
      {
        ...place(good ?? ""),
        key: `${index} c`,
        position,
        journeys: endsConverting,
        converting: endsConverting,
      },
      { ...place(bad ?? ""), key: `${index} n`, position, journeys: endsNull, converting: 0 },
    ].filter(({ journeys }) => journeys > 0);
  });
  return [...between, ...ends];
}

/** The shape of a series in a tile; the figures stand beside it, so it is decoration for assistive technology. */
export function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const runs = sparklineRuns(values);
  return (
    <svg
      class="sparkline"
      viewBox="0 0 100 28"
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {runs.map((run, index) => (
        <g key={index}>
          <polygon class="sparkline-area" points={`${run[0]?.[0]},28 ${join(run)} ${run.at(-1)?.[0]},28`} />
          <polyline class="sparkline-line" points={join(run)} vector-effect="non-scaling-stroke" />
        </g>
      ))}
    </svg>
  );
}

type Point = [number, number];

const HEIGHT = 28;
const MARGIN = 2;

/** Values on a 100 × 28 grid, cut where a value is missing; 0 is the ground, so that a flat series stays flat. */
export function sparklineRuns(values: readonly (number | null)[]): Point[][] {
  const known = values.filter((value) => value !== null);
  const top = Math.max(...known, 0);
  const ground = Math.min(...known, 0);
  const span = top - ground || 1;
  const runs: Point[][] = [[]];
  values.forEach((value, index) => {
    if (value === null) runs.push([]);
    else {
      const y = HEIGHT - MARGIN - ((value - ground) / span) * (HEIGHT - 2 * MARGIN);
      runs.at(-1)?.push([round((index / Math.max(1, values.length - 1)) * 100), round(y)]);
    }
  });
  return runs.filter((run) => run.length > 1);
}

function join(run: readonly Point[]): string {
  return run.map(([x, y]) => `${x},${y}`).join(" ");
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

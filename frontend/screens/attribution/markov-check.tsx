import type { AttributionReady } from "#contract/attribution.ts";
import { Icon } from "#frontend/parts/icon.tsx";
import { Term } from "#frontend/parts/tooltip.tsx";
import { formatExactShare } from "#frontend/format/number.ts";

const EXPLANATION =
  "The chain, asked how likely a journey converts, must give back the share that really did. If it did not, its credit would be wrong.";
/** What doubles may lose on the way; more would be a mistake, and the server would not answer. */
const TOLERANCE = 1e-9;

/** Nobody has to believe the matrix: its own prediction is checked against what happened, with every answer. */
export function MarkovCheck({ check }: { check: NonNullable<AttributionReady["check"]> }) {
  const isEqual = Math.abs(check.pConversion - check.empirical) <= TOLERANCE * check.empirical;
  return (
    <p class="markov-check small">
      <span class={isEqual ? "markov-good" : "markov-bad"}>
        <Icon name={isEqual ? "check" : "warning"} size={16} />
      </span>
      <Term explanation={EXPLANATION}>Markov check</Term>: the chain predicts that{" "}
      <span class="num">{formatExactShare(check.pConversion)}</span> of journeys convert;{" "}
      <span class="num">{formatExactShare(check.empirical)}</span> did.
      <span class="muted"> {check.states === 1 ? "1 state" : `${check.states} states`}, solved exactly.</span>
    </p>
  );
}

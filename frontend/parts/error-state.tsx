import "./states.css";

import { ApiProblem } from "#frontend/api/problem.ts";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";

type ErrorProps = { what: string; problem: Error; onRetry: () => void; compact?: boolean };

/** What failed, that nothing is lost, retry, and the id that support can look up. */
export function ErrorState({ what, problem, onRetry, compact }: ErrorProps) {
  const requestId = problem instanceof ApiProblem ? problem.requestId : null;
  const isMissing = problem instanceof ApiProblem && problem.status === 404;
  return (
    <div class={compact ? "state state-compact" : "state"} role="alert">
      <span class="state-icon">
        <Icon name="warning" size={20} />
      </span>
      <h2>{isMissing ? `${what} is not here` : `${what} could not be loaded`}</h2>
      <p>{isMissing ? "It may have been removed, or it belongs to another account." : problem.message}</p>
      {isMissing ? null : (
        <>
          <Button onClick={onRetry}>Try again</Button>
          <p class="state-request">Nothing is lost.{requestId && ` Request ${requestId}`}</p>
        </>
      )}
    </div>
  );
}

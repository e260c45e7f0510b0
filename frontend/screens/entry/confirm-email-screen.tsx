import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";

import { confirmEmail } from "#frontend/api/accounts.ts";
import { ApiProblem } from "#frontend/api/problem.ts";
import { Button, LinkButton } from "#frontend/parts/button.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { Bone, Skeleton } from "#frontend/parts/skeleton.tsx";
import { EntryLayout } from "./entry-layout.tsx";

type Outcome = "waiting" | "confirmed" | ApiProblem;

/** The landing of the confirmation mail. */
export function ConfirmEmailScreen() {
  const { query } = useLocation();
  const token = query.token ?? "";
  const [outcome, setOutcome] = useState<Outcome>("waiting");
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    setOutcome("waiting");
    confirmEmail(token).then(
      () => setOutcome("confirmed"),
      (error: unknown) => {
        if (error instanceof ApiProblem) setOutcome(error);
        else throw error;
      },
    );
  }, [token, turn]);

  return (
    <EntryLayout title="Confirm your e-mail">
      {outcome === "waiting" && (
        <Skeleton label="confirmation">
          <Bone height={52} />
        </Skeleton>
      )}
      {outcome === "confirmed" && (
        <Notice tone="good" title="Your e-mail is confirmed.">
          Reports may now go to any address.
        </Notice>
      )}
      {outcome instanceof ApiProblem && <Failure problem={outcome} onRetry={() => setTurn(turn + 1)} />}
      <div class="row">
        <LinkButton kind="primary" href="/">
          Go to Waymark
        </LinkButton>
      </div>
    </EntryLayout>
  );
}

function Failure({ problem, onRetry }: { problem: ApiProblem; onRetry: () => void }) {
  const isFinal = problem.status >= 400 && problem.status < 500 && problem.status !== 429;
  if (!isFinal) {
    return (
      <Notice tone="bad" title={problem.title} action={<Button onClick={onRetry}>Try again</Button>}>
        {problem.message}
      </Notice>
    );
  }
  return (
    <Notice tone="warn" title="This link does not work any more.">
      It may have been used already, or a newer mail was sent. Sign in: a yellow line offers a new mail if you
      still need one.
    </Notice>
  );
}

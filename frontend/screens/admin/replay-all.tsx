import { useState } from "preact/hooks";

import { replayDeadLetters } from "#frontend/api/admin.ts";
import { ApiProblem } from "#frontend/api/problem.ts";
import { formatCount } from "#frontend/format/number.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import type { LetterFilter } from "./use-letters.ts";

type Tally = { stored: number; failed: number };
type ReplayProps = { filter: LetterFilter; onDone: () => void };

/** Stores every waiting letter that fits, a hundred a call, oldest first. Nothing goes wrong if it is broken off. */
export function ReplayAll({ filter, onDone }: ReplayProps) {
  const [tally, setTally] = useState<Tally | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const run = async () => {
    setIsBusy(true);
    setProblem(null);
    try {
      await replayFitting(filter, setTally);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error.message);
    } finally {
      setIsBusy(false);
      onDone();
    }
  };
  const { site, reason } = filter;
  return (
    <div class="letters-more stack" style={{ "--gap": "12px" }}>
      <div class="row">
        <Button icon="replay" busy={isBusy} onClick={() => void run()}>
          {site || reason ? "Store all that fit this filter" : "Store all that wait"}
        </Button>
        <span class="muted small" role="status">
          {tally && `${formatCount(tally.stored)} stored, ${formatCount(tally.failed)} failed again`}
        </span>
      </div>
      {problem && (
        <Notice tone="bad" title="It was broken off.">
          {problem} What is stored stays stored; press again to go on.
        </Notice>
      )}
    </div>
  );
}

async function replayFitting({ site, reason }: LetterFilter, onTally: (tally: Tally) => void): Promise<void> {
  const filter = { ...(site ? { site } : {}), ...(reason ? { reason } : {}) };
  const tally: Tally = { stored: 0, failed: 0 };
  let after: string | null = null;
  do {
    // Each call goes on where the one before it ended.
    // oxlint-disable-next-line no-await-in-loop
    const answer = await replayDeadLetters({ filter, ...(after === null ? {} : { after }) });
    for (const { outcome } of answer.items) tally[outcome === "ingested" ? "stored" : "failed"] += 1;
    onTally({ ...tally });
    after = answer.next;
  } while (after !== null);
}

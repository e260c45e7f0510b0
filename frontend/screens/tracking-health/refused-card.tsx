import "./reasons.css";

import type { RefusedRequests } from "#contract/tracking.ts";
import { formatCount } from "#frontend/format/number.ts";
import { Card } from "#frontend/parts/card.tsx";
import { refusedWords } from "./reason-words.ts";

/** Requests that were turned away whole, so that none of their events is in the ledger; not there when there is none. */
export function RefusedCard({ refused }: { refused: RefusedRequests | undefined }) {
  if (!refused || refused.byCode.length === 0) return null;
  return (
    <Card
      title="Refused requests"
      sub="Of the last 24 hours, about right. Their events never arrived: they are in no sum below."
      flush
    >
      <ul class="reason-list">
        {refused.byCode.map(({ code, requests }) => {
          const { label, what, todo } = refusedWords(code);
          return (
            <li key={code} class="reason">
              <span class="reason-count num">{formatCount(requests)}</span>
              <div class="reason-text">
                <strong>{label}</strong>
                <code class="reason-code">{code}</code>
                <p>
                  {what} <span class="reason-todo">{todo}</span>
                </p>
              </div>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

import "./reasons.css";

import type { Ledger } from "#contract/sites.ts";
import { formatCount } from "#frontend/format/number.ts";
import { rejectedByCode } from "./ledger-rows.ts";
import { rejectedWords } from "./reason-words.ts";

/** Why events were rejected, and what to do about each. */
export function RejectedList({ ledger }: { ledger: Ledger }) {
  const codes = rejectedByCode(ledger);
  const { duplicate, deadLettered } = ledger.totals;
  if (codes.length === 0 && duplicate === 0 && deadLettered === 0) return null;
  return (
    <div class="reasons">
      <h3>Why events were not stored</h3>
      <ul>
        {codes.map(({ code, events }) => {
          const { label, what, todo } = rejectedWords(code);
          return <Reason key={code} name={label} code={code} events={events} what={what} todo={todo} />;
        })}
        {deadLettered > 0 && (
          <Reason
            name="Set aside"
            events={deadLettered}
            what="The database refused what is in them. They are kept whole."
            todo="Nothing on your side: whoever runs Waymark stores them once the reason is mended."
          />
        )}
        {duplicate > 0 && (
          <Reason
            name="Duplicate"
            events={duplicate}
            what="The same event came again and counts once. A browser that closes cannot see the answer, so it sends once more to be safe."
            todo="Nothing: this is how nothing gets lost."
          />
        )}
      </ul>
    </div>
  );
}

type ReasonProps = { name: string; code?: string; events: number; what: string; todo: string };

function Reason({ name, code, events, what, todo }: ReasonProps) {
  return (
    <li class="reason">
      <span class="reason-count num">{formatCount(events)}</span>
      <div class="reason-text">
        <strong>{name}</strong>
        {code && <code class="reason-code">{code}</code>}
        <p>
          {what} <span class="reason-todo">{todo}</span>
        </p>
      </div>
    </li>
  );
}

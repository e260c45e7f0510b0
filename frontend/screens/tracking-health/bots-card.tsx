import "./reasons.css";

import type { TrackingDetails } from "#contract/tracking.ts";
import type { Resource } from "#frontend/api/use-resource.ts";
import { formatAgo } from "#frontend/format/date.ts";
import { formatCount } from "#frontend/format/number.ts";
import { Card } from "#frontend/parts/card.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { botWords } from "./reason-words.ts";

/** Why events count as bots: kept apart with the reason, never silently gone. */
export function BotsCard({ resource }: { resource: Resource<TrackingDetails> }) {
  return (
    <Card title="Bots, by reason" sub="Of seven days. In no figure; the log shows each of them." flush>
      <Loaded resource={resource} what="The bots" skeleton={<TableSkeleton label="bots" rows={4} />} compact>
        {({ bots }) =>
          bots.reasons.length === 0 ? (
            <EmptyState title="No bot in seven days" picture="none" compact>
              Crawlers, scanners and previews are told from people and stand here with the reason.
            </EmptyState>
          ) : (
            <ul class="reason-list">
              {bots.reasons.map(({ reason, events, lastSeenAt }) => {
                const { label, detail, what } = botWords(reason);
                return (
                  <li key={reason} class="reason">
                    <span class="reason-count num">{formatCount(events)}</span>
                    <div class="reason-text">
                      <strong>{label}</strong>
                      {detail && <code class="reason-code">{detail}</code>}
                      <p>
                        {what} <span class="reason-todo">Last {formatAgo(lastSeenAt)}.</span>
                      </p>
                    </div>
                  </li>
                );
              })}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}

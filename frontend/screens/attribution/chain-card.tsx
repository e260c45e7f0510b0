import type { ChainOfGroup } from "#contract/glass-box.ts";
import type { Grouping } from "#core/attribution/grouping.ts";
import { groupingWords, rowName } from "#frontend/attribution/grouping-words.ts";
import { formatCount, formatShare } from "#frontend/format/number.ts";
import { Card } from "#frontend/parts/card.tsx";
import { Term } from "#frontend/parts/tooltip.tsx";

type ChainProps = { chain: ChainOfGroup; by: Grouping; name: string };
/** `converting`: null where the way itself says whether it converted. */
type Way = { name: string; count: number; converting: number | null };

const SHOWN = 8;

/** Markov, opened: what would be lost without the group, and where journeys came from and went to. */
export function ChainCard({ chain, by, name }: ChainProps) {
  const before = ways(chain.from, by, "(start of the journey)");
  const after = [
    ...ways(chain.to, by, "(end of the journey)"),
    { name: "(conversion)", count: chain.endsConverting, converting: null },
    { name: "(no conversion)", count: chain.endsNull, converting: null },
  ]
    .filter(({ count }) => count > 0)
    .toSorted((one, other) => other.count - one.count);
  return (
    <Card title="How Markov sees it" sub={`Without it: the chain with ${name} taken out, solved again.`}>
      <div class="chain">
        <div class="chain-effect">
          <span class="chain-number num">{formatShare(chain.removalEffect)}</span>
          <p class="small">
            of conversions would be lost without {name}: its{" "}
            <Term explanation="How much less likely a journey converts when everyone who would have come to this group is lost instead. Credit is the removal effects, scaled to the total.">
              removal effect
            </Term>
            .
          </p>
          <p class="asof">
            In {formatCount(chain.convertingJourneys)} journeys that converted and{" "}
            {formatCount(chain.nullJourneys)} that did not.
          </p>
        </div>
        <Ways title={`Came from (${groupingWords(by).lower})`} ways={before.slice(0, SHOWN)} />
        <Ways title="Went on to" ways={after.slice(0, SHOWN)} />
      </div>
    </Card>
  );
}

function ways(transitions: ChainOfGroup["from"], by: Grouping, edge: string): Way[] {
  return transitions.map(({ group, count, converting }) => ({
    name: group ? rowName(group, by) : edge,
    count,
    converting,
  }));
}

function Ways({ title, ways: shown }: { title: string; ways: readonly Way[] }) {
  const most = Math.max(1, ...shown.map(({ count }) => count));
  return (
    <div class="chain-ways">
      <h3>{title}</h3>
      <ul>
        {shown.map(({ name, count, converting }) => (
          <li key={name} class="chain-way" style={{ "--part": `${(count / most) * 100}%` }}>
            <span class="truncate">{name}</span>
            <span class="num">
              {formatCount(count)}
              {converting !== null && (
                <span class="muted"> {formatShare(count === 0 ? null : converting / count)} convert</span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

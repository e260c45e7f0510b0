import type { AttributionModel, AttributionReady } from "#contract/attribution.ts";
import { writeSwitches } from "#frontend/attribution/attribution-view.ts";
import type { Switches } from "#frontend/attribution/attribution-view.ts";
import { modelWords } from "#frontend/attribution/model-words.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { useQuery } from "#frontend/state/use-query.ts";

type AbsentProps = { answer: AttributionReady; models: readonly AttributionModel[]; switches: Switches };

/** Why a column is empty, and the one change that fills it. */
export function AbsentModels({ answer, models, switches }: AbsentProps) {
  const shown = answer.absent.filter(({ model }) => models.includes(model));
  const chain = shown.find(({ reason }) => reason === "too_many_states");
  if (!chain) return null;
  return (
    <Notice
      tone="warn"
      title={`${modelWords(chain.model).label} has no figures: too many combinations.`}
      action={<LessStates switches={switches} />}
    >
      Its chain would need more than 1,800 states, most of them seen once or twice. Fewer groups, or a chain
      that remembers less, say more.
    </Notice>
  );
}

function LessStates({ switches }: { switches: Switches }) {
  const [, setQuery] = useQuery();
  const { markov, by } = switches;
  if (markov.order > 1)
    return (
      <Button small onClick={() => setQuery(writeSwitches({ markov: { ...markov, order: 1 } }), true)}>
        Use order 1
      </Button>
    );
  if (by === "channel") return null;
  return (
    <Button small onClick={() => setQuery(writeSwitches({ by: "channel" }), true)}>
      Group by channel
    </Button>
  );
}

import type { JourneysReady } from "#contract/journeys.ts";
import { Card } from "#frontend/parts/card.tsx";
import { Segments } from "#frontend/parts/tabs.tsx";
import { useQuery } from "#frontend/state/use-query.ts";
import { Distribution } from "./distribution.tsx";
import { rangeName } from "./range-name.ts";

/** How many touches a conversion takes. */
export function LengthCard({ journeys }: { journeys: JourneysReady }) {
  return (
    <Card title="How many touches it takes" sub="Conversions by the number of touches that count.">
      <Distribution
        label="Conversions by number of touches"
        unit="touches"
        bars={journeys.lengths}
        nameOf={rangeName}
        currency={journeys.basis.currency}
      />
    </Card>
  );
}

/** How many days pass until the conversion, counted from the first or from the last touch. */
export function LagCard({ journeys }: { journeys: JourneysReady }) {
  const [query, setQuery] = useQuery();
  const from = query.lag === "last" ? "last" : "first";
  return (
    <Card
      title="How long it takes"
      sub="Conversions by whole days to the conversion."
      tools={
        <Segments
          label="Counted from"
          value={from}
          options={[
            { value: "first", label: "First touch" },
            { value: "last", label: "Last touch" },
          ]}
          onValue={(value) => setQuery({ lag: value === "first" ? null : value }, true)}
        />
      }
    >
      <Distribution
        label={`Conversions by days from the ${from} touch`}
        unit="days"
        bars={from === "first" ? journeys.lagFromFirst : journeys.lagFromLast}
        nameOf={rangeName}
        currency={journeys.basis.currency}
      />
    </Card>
  );
}

import type { ComponentChildren } from "preact";

import { Card } from "#frontend/parts/card.tsx";
import { Term } from "#frontend/parts/tooltip.tsx";

export type Fact = {
  label: string;
  explanation?: string;
  value: ComponentChildren;
  tone?: "bad" | "warn" | undefined;
};

/** A card of figures that belong together, one a line. */
export function FactCard({ title, sub, facts }: { title: string; sub: string; facts: readonly Fact[] }) {
  return (
    <Card title={title} sub={sub}>
      <dl class="mon-facts">
        {facts.map(({ label, explanation, value, tone }) => (
          <div key={label} class="mon-fact">
            <dt>{explanation ? <Term explanation={explanation}>{label}</Term> : label}</dt>
            <dd class={tone ? `mon-${tone}` : undefined}>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

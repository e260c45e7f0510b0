import type { CreditedItem, CreditedJourneys } from "#contract/glass-box.ts";
import type { Pages } from "#frontend/attribution/use-pages.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { Segments } from "#frontend/parts/tabs.tsx";
import { useQuery } from "#frontend/state/use-query.ts";
import { CreditedRow } from "./credited-row.tsx";

type ListProps = {
  list: Pages<CreditedJourneys>;
  zone: string;
  currency: string;
  order: "time" | "value";
  title: string;
  model: string;
};

/** The conversions and refunds behind a figure, each with its journey. */
export function CreditedList({ list, zone, currency, order, title, model }: ListProps) {
  const [, setQuery] = useQuery();
  const items = list.pages.flatMap((page) => page.items);
  return (
    <Card
      title={title}
      sub="Dots are touches in the colour of their channel, with their share; hollow ones do not count. The diamond is the conversion."
      flush
      tools={
        <Segments
          label="Order"
          value={order}
          options={[
            { value: "time", label: "Newest" },
            { value: "value", label: "Largest" },
          ]}
          onValue={(value) => setQuery({ order_by: value === "time" ? null : value }, true)}
        />
      }
    >
      {items.length === 0 ? (
        <EmptyState title="No journey gave anything here" compact>
          Under {model}, with these options, no conversion of these days gave credit to this row.
        </EmptyState>
      ) : (
        <ol class="credited">
          {items.map((item: CreditedItem) => (
            <CreditedRow key={`${item.kind} ${item.id}`} item={item} zone={zone} currency={currency} />
          ))}
        </ol>
      )}
      {(list.hasMore || list.problem) && (
        <div class="credited-foot">
          {list.problem && (
            <Notice tone="bad" title="The next journeys did not arrive.">
              {list.problem.message}
            </Notice>
          )}
          <Button busy={list.busy} onClick={list.more}>
            Show more
          </Button>
        </div>
      )}
    </Card>
  );
}

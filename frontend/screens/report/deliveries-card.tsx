import type { Report } from "#contract/reports.ts";
import { Card } from "#frontend/parts/card.tsx";
import { deliveriesSummary } from "#frontend/reports/state-words.ts";
import { DeliveryLine } from "./delivery-line.tsx";

/** What became of each mail. */
export function DeliveriesCard({ report, zone }: { report: Report; zone: string }) {
  const { deliveries } = report;
  return (
    <Card title="Mails" sub={deliveries.length > 0 ? deliveriesSummary(deliveries) : undefined} flush>
      {deliveries.length === 0 ? (
        <p class="report-nobody">Nobody was to get it by mail.</p>
      ) : (
        <ul aria-label="Mails by recipient">
          {deliveries.map((delivery) => (
            <DeliveryLine key={delivery.id} delivery={delivery} zone={zone} />
          ))}
        </ul>
      )}
    </Card>
  );
}

import type { CreditedItem } from "#contract/glass-box.ts";
import { currencyExponent } from "#core/money/currency-exponent.ts";
import type { CsvCell } from "#core/text/csv-line.ts";
import { formatMajorUnits } from "#core/text/format-major-units.ts";
import { csvBytes } from "#rendering/csv/csv-text.ts";
import type { CreditedJourneysPage } from "./get-credited-journeys.ts";

const HEADER = [
  "kind",
  "id",
  "at",
  "type",
  "order_id",
  "value",
  "credited_conversions",
  "credited_value",
  "currency",
  "touchpoint_at",
  "channel",
  "campaign",
  "source",
  "landing_page",
  "group",
  "counts",
  "touchpoint_conversions",
  "touchpoint_value",
];

/** A page as one flat table: a line for each touchpoint of each conversion or refund, one without where it has none. */
export function creditedJourneysCsv({ items, basis }: CreditedJourneysPage): Uint8Array {
  return csvBytes({ header: HEADER, rows: items.flatMap((item) => linesOf(item, basis.currency)) });
}

function linesOf(item: CreditedItem, currency: string): CsvCell[][] {
  const money = (minor: number): CsvCell => ({
    decimal: formatMajorUnits(minor, currencyExponent(currency)),
  });
  const share = (credit: CreditedItem["credited"]): CsvCell[] =>
    credit ? [credit.conversions, money(credit.revenueMinor)] : [null, null];
  const { kind, id, at, type, orderId, valueMinor, credited, touchpoints, withoutRate } = item;
  const own = [
    kind,
    id,
    at,
    type,
    orderId,
    withoutRate ? null : money(valueMinor),
    ...share(credited),
    currency,
  ];
  if (touchpoints.length === 0) return [[...own, ...HEADER.slice(own.length).map(() => null)]];
  return touchpoints.map(
    ({ channel, campaign, source, landingPage, group, exclusion, credit, at: touchedAt }) => [
      ...own,
      touchedAt,
      channel,
      campaign?.name ?? null,
      source,
      landingPage,
      group.name,
      exclusion ?? "yes",
      ...share(credit),
    ],
  );
}

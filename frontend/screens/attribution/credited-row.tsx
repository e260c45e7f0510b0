import type { CreditedItem, CreditedTouchpoint } from "#contract/glass-box.ts";
import { JourneyLine } from "#frontend/attribution/journey-line.tsx";
import type { LinePoint } from "#frontend/attribution/journey-line-words.ts";
import { rowName } from "#frontend/attribution/grouping-words.ts";
import { channelLabel } from "#frontend/format/channel.ts";
import { formatMinute } from "#frontend/format/date.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { formatCredit } from "#frontend/format/number.ts";
import { useHref } from "#frontend/state/links.ts";
import { useQuery } from "#frontend/state/use-query.ts";
import { figureQuery } from "./figure-asked.ts";

type RowProps = { item: CreditedItem; zone: string; currency: string };

/** One conversion: what it was, the way to it, and what of it went to the group. */
export function CreditedRow({ item, zone, currency }: RowProps) {
  return (
    <li class="credited-row">
      <div class="credited-what">
        <Title item={item} />
        <time class="credited-time" dateTime={item.at}>
          {formatMinute(item.at, zone)}
        </time>
      </div>
      <div class="credited-way">
        <JourneyLine
          points={item.touchpoints.map((touch) => pointOf(touch, item.valueMinor))}
          endsAt={item.at}
          zone={zone}
          isRefund={item.kind === "refund"}
        />
        {item.leftOut && <p class="asof">{item.leftOut.touchpoints} earlier touches are not drawn.</p>}
      </div>
      <div class="credited-got num">
        <Got item={item} currency={currency} />
      </div>
    </li>
  );
}

/** Leads to the journey, from where one comes back to this very list. */
function Title({ item }: Pick<RowProps, "item">) {
  const href = useHref();
  const [query] = useQuery();
  const title = item.kind === "refund" ? "Refund" : (item.type ?? "Conversion");
  if (item.conversionId === null) return <span class="credited-title">{title}</span>;
  return (
    <a class="credited-title" href={href(`/attribution/journey/${item.conversionId}`, figureQuery(query))}>
      {title} {item.orderId && <span class="muted">{item.orderId}</span>}
    </a>
  );
}

/** Of the whole value, what the group got; under Markov the value alone. */
function Got({ item, currency }: Pick<RowProps, "item" | "currency">) {
  const { kind, credited, valueMinor, withoutRate } = item;
  const value = withoutRate
    ? `${formatMoney(withoutRate.minor, withoutRate.currency)}, no rate`
    : formatMoney(valueMinor, currency);
  if (!credited) return <strong>{value}</strong>;
  return (
    <>
      <strong>{formatMoney(credited.revenueMinor, currency)}</strong>
      <span class="credited-of">
        {kind === "refund" ? `of ${value}` : `${formatCredit(credited.conversions)} of 1 · ${value}`}
      </span>
    </>
  );
}

/** A refund's touches carry money only: their share is that of the money. */
function pointOf(
  { at, channel, group, campaign, credit, exclusion, isOfGroup }: CreditedTouchpoint,
  valueMinor: number,
): LinePoint {
  const ofMoney = credit && valueMinor !== 0 ? credit.revenueMinor / valueMinor : null;
  const share = credit === null ? null : credit.conversions === 0 ? ofMoney : credit.conversions;
  const name =
    campaign?.name ?? (group.kind === "group" ? rowName(group, "campaign") : channelLabel(channel));
  return { at, channel, name, share, exclusion, isOwn: isOfGroup };
}

import type { Journey } from "#contract/glass-box.ts";
import { modelWords } from "#frontend/attribution/model-words.ts";
import { JourneyLine } from "#frontend/attribution/journey-line.tsx";
import { durationWords } from "#frontend/attribution/duration-words.ts";
import { formatMinute } from "#frontend/format/date.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { useQuery } from "#frontend/state/use-query.ts";
import { readFigureAsked } from "./figure-asked.ts";
import { touchName } from "./touch-name.ts";

type HeadProps = { journey: Journey; zone: string };

/** What was bought, how long it took, and the way there in one line. */
export function JourneyHead({ journey, zone }: HeadProps) {
  const { conversion, touchpoints } = journey;
  return (
    <section class="card journey-head">
      <p class="figure-numbers num">
        <strong>{formatMoney(conversion.valueMinor, conversion.currency)}</strong>
        <span>
          {conversion.type}
          {conversion.orderId && ` ${conversion.orderId}`}
        </span>
        {conversion.isTest && <Badge>Test: counts nowhere</Badge>}
        <Refunded journey={journey} />
      </p>
      <p class="small muted">{facts(journey, zone).join(" · ")}</p>
      {conversion.isUnattributed && (
        <Notice title="No touch counts for this conversion.">
          It is shown as (unattributed) and is part of every total.
        </Notice>
      )}
      {touchpoints.length > 0 && <Line journey={journey} zone={zone} />}
    </section>
  );
}

function Refunded({ journey: { refunds, conversion } }: Pick<HeadProps, "journey">) {
  const left = refunds.at(-1)?.leftMinor;
  if (left === undefined) return null;
  return (
    <Badge tone="bad">
      {left === 0 ? "Refunded" : `${formatMoney(left, conversion.currency)} left after refunds`}
    </Badge>
  );
}

function Line({ journey: { conversion, touchpoints }, zone }: HeadProps) {
  const [query] = useQuery();
  // Markov has no share of one conversion; linear says at least who was there.
  const asked = readFigureAsked(query).model;
  const model = asked === "markov" ? "linear" : asked;
  const points = touchpoints.map((touch) => ({
    at: touch.at,
    channel: touch.channel,
    name: touchName(touch),
    share: touch.credits[model]?.conversions ?? null,
    exclusion: touch.exclusion,
  }));
  return (
    <div class="journey-line">
      <JourneyLine points={points} endsAt={conversion.at} zone={zone} />
      <div class="journey-ends asof">
        <span>{formatMinute(touchpoints[0]?.at ?? conversion.at, zone)}</span>
        <span>Shares under {modelWords(model).label.toLowerCase()}</span>
        <span>{formatMinute(conversion.at, zone)}</span>
      </div>
    </div>
  );
}

function facts({ touchpoints, devices, conversion }: Journey, zone: string): string[] {
  const counting = touchpoints.filter(({ exclusion }) => exclusion === null);
  const oldest = counting[0];
  const touches = counting.length === 1 ? "1 touch counts" : `${counting.length} touches count`;
  return [
    formatMinute(conversion.at, zone),
    counting.length === touchpoints.length ? touches : `${touches} of ${touchpoints.length}`,
    ...(oldest ? [`${durationWords(oldest.ageMs)} from the first to the conversion`] : []),
    ...(devices.length > 1 ? [`${devices.length} devices`] : []),
  ];
}

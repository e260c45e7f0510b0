import type { ComponentChildren } from "preact";

import type { Journey } from "#contract/glass-box.ts";
import { exclusionWords } from "#frontend/attribution/exclusion-words.ts";
import { channelColour, channelLabel } from "#frontend/format/channel.ts";
import { formatMinute } from "#frontend/format/date.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { formatCount } from "#frontend/format/number.ts";
import { journeyEvents } from "./journey-events.ts";
import type { JourneyEvent } from "./journey-events.ts";
import { touchName } from "./touch-name.ts";

type StepsProps = { journey: Journey; zone: string };

/** Touches, visits, devices, the conversion and what was given back, in the order in which they happened. */
export function JourneySteps({ journey, zone }: StepsProps) {
  return (
    <ol class="steps">
      {journeyEvents(journey).map((event, index) => (
        <li key={index} class={`step step-${event.kind}`} style={{ "--colour": colourOf(event) }}>
          <time class="step-time num" dateTime={event.at}>
            {formatMinute(event.at, zone)}
          </time>
          <span class={isOut(event) ? "step-mark step-out" : "step-mark"} aria-hidden="true" />
          <div class="step-text">
            <StepText event={event} journey={journey} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function StepText({ event, journey }: { event: JourneyEvent; journey: Journey }): ComponentChildren {
  switch (event.kind) {
    case "touch":
      return <TouchText event={event} />;
    case "visit":
      return <VisitText visit={event.visit} journey={journey} />;
    case "identified":
      return <>Recognised as the same person on {deviceName(journey, event.device)}.</>;
    case "previous":
      return <>Earlier conversion of the same person.</>;
    case "conversion": {
      const { type, orderId, valueMinor, currency, promoCodes } = journey.conversion;
      return (
        <>
          <strong>
            {type} {orderId} {formatMoney(valueMinor, currency)}
          </strong>
          {promoCodes.length > 0 && <span class="step-sub">Promo code {promoCodes.join(", ")}</span>}
        </>
      );
    }
    case "refund":
      return (
        <>
          Refund of {formatMoney(event.refund.takenMinor, journey.conversion.currency)};{" "}
          {formatMoney(event.refund.leftMinor, journey.conversion.currency)} left. Each touch gives back its
          share.
        </>
      );
  }
}

function TouchText({ event: { touch } }: { event: Extract<JourneyEvent, { kind: "touch" }> }) {
  const trail = [channelLabel(touch.channel), touch.source, touch.landingPage].filter(Boolean).join(" → ");
  return (
    <>
      <strong>{touchName(touch)}</strong>
      {touch.exclusion && (
        <span class="step-reason">does not count: {exclusionWords(touch.exclusion).short}</span>
      )}
      <span class="step-sub">{trail}</span>
    </>
  );
}

function VisitText({ visit, journey }: { visit: Journey["visits"][number]; journey: Journey }) {
  const pages = visit.pages.map(({ page }) => page);
  const views = visit.pageviews === 1 ? "1 page" : `${formatCount(visit.pageviews)} pages`;
  return (
    <>
      <span class="muted">
        Visit on {deviceName(journey, visit.device)}, {views}
      </span>
      {pages.length > 0 && <span class="step-sub step-pages">{pages.join(" → ")}</span>}
    </>
  );
}

function deviceName({ devices }: Journey, number: number): string {
  const device = devices.find((candidate) => candidate.number === number);
  const words = [device?.device, device?.browser].filter(Boolean).join(", ");
  return words ? `device ${number} (${words})` : `device ${number}`;
}

function colourOf(event: JourneyEvent): string {
  if (event.kind === "touch") return channelColour(event.touch.channel);
  if (event.kind === "refund") return "var(--bad)";
  return event.kind === "conversion" ? "var(--ink)" : "var(--border-strong)";
}

function isOut(event: JourneyEvent): boolean {
  return event.kind === "touch" && event.touch.exclusion !== null;
}

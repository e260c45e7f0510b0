import type { Journey, TimelineTouchpoint } from "#contract/glass-box.ts";
import { MODELS } from "#core/attribution/models.ts";
import { exclusionWords } from "#frontend/attribution/exclusion-words.ts";
import { shareText } from "#frontend/attribution/journey-line-words.ts";
import { modelWords } from "#frontend/attribution/model-words.ts";
import { channelColour, channelLabel } from "#frontend/format/channel.ts";
import { formatMinute } from "#frontend/format/date.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { NO_VALUE } from "#frontend/format/number.ts";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Term, tipHandlers } from "#frontend/parts/tooltip.tsx";
import { touchName } from "./touch-name.ts";

const SHARING = MODELS.filter((model) => model !== "markov");

/** A row for each touch, a column for each model that shares out single conversions. */
export function JourneyShares({ journey, zone }: { journey: Journey; zone: string }) {
  if (journey.touchpoints.length === 0)
    return (
      <EmptyState title="No touch before this conversion" compact>
        The visitor was not seen before, or the conversion came without a visitor, as from a till.
      </EmptyState>
    );
  return (
    <DataTable
      caption="Shares by touch and model"
      columns={[touchColumn(zone), ...SHARING.map((model) => modelColumn(model, journey))]}
      rows={journey.touchpoints}
      keyOf={(touch) => `${touch.at} ${touch.place ?? ""} ${touch.channel} ${touch.source ?? ""}`}
    />
  );
}

function touchColumn(zone: string): Column<TimelineTouchpoint> {
  return {
    key: "touch",
    header: "Touch",
    cell: (touch) => (
      <span class="swatch">
        <span
          class={touch.exclusion ? "dot journey-dot-out" : "dot journey-dot"}
          style={{ "--colour": channelColour(touch.channel) }}
          aria-hidden="true"
        />
        <span>
          <span class={touch.exclusion ? "muted" : "journey-touch"}>{touchName(touch)}</span>
          <span class="table-sub">
            {channelLabel(touch.channel)} · {formatMinute(touch.at, zone)}
          </span>
        </span>
      </span>
    ),
  };
}

function modelColumn(model: (typeof SHARING)[number], journey: Journey): Column<TimelineTouchpoint> {
  const { short, explanation } = modelWords(model);
  return {
    key: model,
    header: short,
    explanation,
    numeric: true,
    share: (touch) => (touch.exclusion ? 0 : (touch.credits[model]?.conversions ?? 0)),
    cell: (touch) => <ShareCell touch={touch} model={model} currency={journey.conversion.currency} />,
  };
}

type CellProps = { touch: TimelineTouchpoint; model: (typeof SHARING)[number]; currency: string };

function ShareCell({ touch, model, currency }: CellProps) {
  if (touch.exclusion) {
    const { sentence } = exclusionWords(touch.exclusion);
    return <Term explanation={sentence}>{NO_VALUE}</Term>;
  }
  const credit = touch.credits[model];
  if (!credit) return <>{NO_VALUE}</>;
  return (
    <span {...tipHandlers(formatMoney(credit.revenueMinor, currency))}>{shareText(credit.conversions)}</span>
  );
}

import { Button } from "#frontend/parts/button.tsx";
import { DateControl } from "#frontend/parts/date-control.tsx";
import { SelectInput } from "#frontend/parts/field.tsx";
import { Icon } from "#frontend/parts/icon.tsx";
import { usePopover } from "#frontend/parts/use-popover.ts";
import { DEFAULT_LOOKBACK, DEFAULT_MODEL, LOOKBACKS, MODELS } from "#frontend/state/analytics-view.ts";
import type { AnalyticsView } from "#frontend/state/analytics-view.ts";
import { writeRangeChoice } from "#frontend/state/date-range.ts";
import { useShortcuts } from "#frontend/state/shortcuts.ts";
import { useQuery } from "#frontend/state/use-query.ts";
import { ShareButton } from "./share-button.tsx";

type ControlsProps = { view: AnalyticsView; without?: readonly ("compare" | "model")[] };

/** The one row of controls of every data page; what it says is in the URL. */
export function ViewControls({ view, without = [] }: ControlsProps) {
  const [, setQuery] = useQuery();
  return (
    <>
      <DateControl
        choice={view.choice}
        today={view.today}
        onChoice={(choice) => setQuery(writeRangeChoice(choice))}
      />
      {!without.includes("compare") && <CompareToggle view={view} />}
      <ModelControl view={view} withModel={!without.includes("model")} />
      <ShareButton />
    </>
  );
}

function CompareToggle({ view }: { view: AnalyticsView }) {
  const [, setQuery] = useQuery();
  const on = view.options.compare === "previous";
  const toggle = () => setQuery({ compare: on ? "none" : null }, true);
  useShortcuts([{ key: "x", shown: "X", label: "Compare with the previous period", run: toggle }]);
  return (
    <Button aria-pressed={on} onClick={toggle}>
      <Icon name={on ? "check" : "plus"} size={16} />
      Compare
    </Button>
  );
}

function ModelControl({ view, withModel }: { view: AnalyticsView; withModel: boolean }) {
  const { open, setOpen, anchor, trigger } = usePopover();
  const { model, lookback } = view.options;
  const label = MODELS.find((candidate) => candidate.value === model)?.label ?? "";
  const words = withModel ? `${label}, ${lookback} d` : `Lookback ${lookback} d`;
  return (
    <div class="popover-anchor" ref={anchor}>
      <Button
        icon="attribution"
        buttonRef={trigger}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span class="sr-only">Attribution:</span>
        {words}
        <Icon name="chevronDown" size={14} />
      </Button>
      {open && <ModelPopover view={view} withModel={withModel} />}
    </div>
  );
}

const DIRECT_RULES = [
  { value: "keep", label: "Counts like any channel" },
  { value: "exclude_unless_only", label: "Only when there is nothing else" },
];

function ModelPopover({ view, withModel }: { view: AnalyticsView; withModel: boolean }) {
  const [, setQuery] = useQuery();
  const { model, lookback, direct } = view.options;
  const lookbacks = LOOKBACKS.map((days) => ({
    value: String(days),
    label: days === 1 ? "1 day" : `${days} days`,
  }));
  return (
    <div
      class="popover popover-end popover-sheet"
      role="dialog"
      aria-label="Attribution"
      style={{ padding: "14px", width: "280px" }}
    >
      <div class="stack" style={{ "--gap": "12px" }}>
        {withModel && (
          <SelectInput
            id="view-model"
            label="Model"
            value={model}
            options={MODELS}
            help={MODELS.find((candidate) => candidate.value === model)?.explanation}
            onValue={(value) => setQuery({ model: value === DEFAULT_MODEL ? null : value }, true)}
          />
        )}
        <SelectInput
          id="view-lookback"
          label="Lookback window"
          value={String(lookback)}
          options={lookbacks}
          help="How long before a conversion a touchpoint still counts."
          onValue={(value) => setQuery({ lookback: value === String(DEFAULT_LOOKBACK) ? null : value }, true)}
        />
        <SelectInput
          id="view-direct"
          label="Direct visits"
          value={direct}
          options={DIRECT_RULES}
          onValue={(value) => setQuery({ direct: value === "keep" ? null : value }, true)}
        />
      </div>
    </div>
  );
}

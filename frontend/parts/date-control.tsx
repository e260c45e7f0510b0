import "./date-control.css";
import "./popover.css";

import { useId, useState } from "preact/hooks";

import { formatDayRange } from "#frontend/format/date.ts";
import { isDay } from "#frontend/format/day.ts";
import type { Day } from "#frontend/format/day.ts";
import { asChoice, PRESETS, rangeLabel, resolveRange, shiftRange } from "#frontend/state/date-range.ts";
import type { RangeChoice } from "#frontend/state/date-range.ts";
import { useShortcuts } from "#frontend/state/shortcuts.ts";
import { Button } from "./button.tsx";
import { TextInput } from "./field.tsx";
import { Icon } from "./icon.tsx";
import { usePopover } from "./use-popover.ts";

type DateControlProps = { choice: RangeChoice; today: Day; onChoice: (choice: RangeChoice) => void };

/** The range: presets with letters, any two days, and arrows that move by the period. */
export function DateControl({ choice, today, onChoice }: DateControlProps) {
  const { open, setOpen, close, anchor, trigger } = usePopover();
  const range = resolveRange(choice, today);
  const earlier = shiftRange(choice, -1, today);
  const later = shiftRange(choice, 1, today);

  useShortcuts([
    ...PRESETS.map(({ key, letter, label }) => ({
      key: letter.toLowerCase(),
      shown: letter,
      label,
      run: () => onChoice({ kind: "preset", preset: key }),
    })),
    { key: "ArrowLeft", shown: "←", label: "Earlier period", run: () => earlier && onChoice(earlier) },
    { key: "ArrowRight", shown: "→", label: "Later period", run: () => later && onChoice(later) },
  ]);

  const choose = (next: RangeChoice) => {
    onChoice(next);
    close();
  };
  return (
    <div class="date-control" ref={anchor}>
      <StepButton direction="earlier" target={earlier} onChoice={onChoice} />
      <div class="popover-anchor">
        <Button
          icon="calendar"
          buttonRef={trigger}
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <span class="sr-only">Dates:</span>
          {rangeLabel(choice)}
          {choice.kind === "preset" && <span class="date-days">{formatDayRange(range.from, range.to)}</span>}
          <Icon name="chevronDown" size={14} />
        </Button>
        {open && <RangePopover choice={choice} today={today} onChoice={choose} />}
      </div>
      <StepButton direction="later" target={later} onChoice={onChoice} />
    </div>
  );
}

type StepProps = {
  direction: "earlier" | "later";
  target: RangeChoice | null;
  onChoice: (choice: RangeChoice) => void;
};

function StepButton({ direction, target, onChoice }: StepProps) {
  return (
    <Button
      class="date-step"
      icon={direction === "earlier" ? "chevronLeft" : "chevronRight"}
      aria-label={direction === "earlier" ? "Earlier period" : "Later period"}
      disabled={target === null}
      onClick={() => target && onChoice(target)}
    />
  );
}

function RangePopover({ choice, today, onChoice }: DateControlProps) {
  return (
    <div class="popover popover-start popover-sheet" role="dialog" aria-label="Dates">
      <ul class="menu">
        {PRESETS.map(({ key, letter, label }) => {
          const current = choice.kind === "preset" && choice.preset === key;
          return (
            <li key={key}>
              <button
                type="button"
                class={current ? "menu-entry menu-entry-current" : "menu-entry"}
                aria-pressed={current}
                onClick={() => onChoice({ kind: "preset", preset: key })}
              >
                {label}
                <kbd class="menu-hint" aria-hidden="true">
                  {letter}
                </kbd>
              </button>
            </li>
          );
        })}
      </ul>
      <div class="menu-line" />
      <CustomRange choice={choice} today={today} onChoice={onChoice} />
    </div>
  );
}

function CustomRange({ choice, today, onChoice }: DateControlProps) {
  const id = useId();
  const range = resolveRange(choice, today);
  const [from, setFrom] = useState(range.from);
  const [to, setTo] = useState(range.to);
  const [error, setError] = useState<string | undefined>();

  const apply = (event: Event) => {
    event.preventDefault();
    if (!isDay(from) || !isDay(to)) setError("Enter both days");
    else if (from > to) setError("The first day must not come after the last");
    else onChoice(asChoice({ from, to }, today));
  };
  return (
    <form class="date-custom" noValidate onSubmit={apply}>
      <TextInput
        id={`${id}-from`}
        label="From"
        type="date"
        max={today}
        value={from}
        onValue={setFrom}
        error={error}
      />
      <TextInput id={`${id}-to`} label="To" type="date" max={today} value={to} onValue={setTo} />
      <Button type="submit" kind="primary">
        Apply
      </Button>
    </form>
  );
}

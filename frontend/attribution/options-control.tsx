import "./options-control.css";

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

import { MAX_LOOKBACK_DAYS, MIN_LOOKBACK_DAYS } from "#core/attribution/options.ts";
import type { PositionShares } from "#core/attribution/options.ts";
import { Button } from "#frontend/parts/button.tsx";
import { CheckInput, FieldFrame, SelectInput, TextInput } from "#frontend/parts/field.tsx";
import { Icon } from "#frontend/parts/icon.tsx";
import { Segments } from "#frontend/parts/tabs.tsx";
import { usePopover } from "#frontend/parts/use-popover.ts";
import type { Switches } from "./attribution-view.ts";
import { ConversionOptions } from "./conversion-options.tsx";
import { days, DIRECT_CHOICES, RESET_CHOICES } from "./option-words.ts";
import { endShares, parseHalfLife } from "./position-ends.ts";

type ControlProps = { switches: Switches; onSwitch: (change: Partial<Switches>) => void };

/** Which touches count, and what the models are told; every change is in the address at once. */
export function OptionsControl({ switches, onSwitch }: ControlProps) {
  const { open, setOpen, anchor, trigger } = usePopover();
  return (
    <div class="popover-anchor" ref={anchor}>
      <Button
        icon="filter"
        buttonRef={trigger}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span class="sr-only">Attribution options:</span>
        Lookback {switches.lookbackDays} d
        <Icon name="chevronDown" size={14} />
      </Button>
      {open && (
        <div class="popover popover-end popover-sheet options" role="dialog" aria-label="Attribution options">
          <TouchOptions switches={switches} onSwitch={onSwitch} />
          <ModelOptions switches={switches} onSwitch={onSwitch} />
          <ConversionOptions switches={switches} onSwitch={onSwitch} />
        </div>
      )}
    </div>
  );
}

function TouchOptions({ switches, onSwitch }: ControlProps) {
  const { direct, reset } = switches;
  return (
    <section class="options-part">
      <h2>Which touches count</h2>
      <LookbackSlider value={switches.lookbackDays} onValue={(lookbackDays) => onSwitch({ lookbackDays })} />
      <SelectInput
        id="option-direct"
        label="Direct visits"
        value={direct}
        options={DIRECT_CHOICES}
        onValue={(value) =>
          onSwitch({ direct: value === "exclude_unless_only" ? "exclude_unless_only" : "keep" })
        }
      />
      <SelectInput
        id="option-reset"
        label="After a conversion, the journey"
        value={reset === null ? "auto" : reset ? "on" : "off"}
        options={RESET_CHOICES}
        help="By itself, rules go on and Markov and Shapley start anew."
        onValue={(value) => onSwitch({ reset: value === "auto" ? null : value === "on" })}
      />
    </section>
  );
}

/** Long enough for a hand that is still moving. */
const SETTLES_MS = 350;

/** Moves freely, and asks once it stands still: each question may have to be worked out. */
function LookbackSlider({ value, onValue }: { value: number; onValue: (days: number) => void }) {
  const [moving, setMoving] = useState<number | null>(null);
  const settle = () => {
    if (moving === null) return;
    setMoving(null);
    onValue(moving);
  };
  useEffect(() => {
    if (moving === null) return undefined;
    const timer = setTimeout(settle, SETTLES_MS);
    return () => clearTimeout(timer);
  });
  const shown = days(moving ?? value);
  return (
    <FieldFrame
      id="option-lookback"
      label={
        <>
          Lookback window <span class="options-value num">{shown}</span>
        </>
      }
      help="How long before a conversion a touch still counts."
    >
      <input
        id="option-lookback"
        class="options-range"
        type="range"
        min={MIN_LOOKBACK_DAYS}
        max={MAX_LOOKBACK_DAYS}
        value={moving ?? value}
        aria-valuetext={shown}
        aria-describedby="option-lookback-help"
        onInput={(event) => setMoving(Number(event.currentTarget.value))}
        onBlur={settle}
      />
    </FieldFrame>
  );
}

function ModelOptions({ switches, onSwitch }: ControlProps) {
  const { position, markov } = switches;
  return (
    <section class="options-part">
      <h2>What the models are told</h2>
      <PositionFields position={position} onValue={(ends) => onSwitch({ position: ends })} />
      <HalfLifeField value={switches.halfLifeDays} onValue={(halfLifeDays) => onSwitch({ halfLifeDays })} />
      <FieldFrame
        id="option-order"
        label="Markov: touches it remembers"
        help="More see longer patterns and need far more journeys."
      >
        <Segments
          label="Markov: touches it remembers"
          value={String(markov.order)}
          options={["1", "2", "3"].map((value) => ({ value, label: value }))}
          onValue={(value) =>
            onSwitch({ markov: { ...markov, order: value === "3" ? 3 : value === "2" ? 2 : 1 } })
          }
        />
      </FieldFrame>
      <CheckInput
        id="option-nulls"
        label="Markov: count journeys that did not convert"
        checked={markov.nullJourneys}
        onValue={(nullJourneys) => onSwitch({ markov: { ...markov, nullJourneys } })}
      />
    </section>
  );
}

/** What is typed counts once it is left, or with Enter: not with each letter. */
function Typed({ onDone, children }: { onDone: () => void; children: ComponentChildren }) {
  return (
    <form
      class="options-typed"
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
      }}
      onFocusOut={onDone}
    >
      {children}
    </form>
  );
}

type PositionProps = { position: PositionShares; onValue: (position: PositionShares) => void };

/** Two ends are asked for; what is left is the middle's. */
function PositionFields({ position, onValue }: PositionProps) {
  const [first, setFirst] = useState(String(position.first));
  const [last, setLast] = useState(String(position.last));
  const shares = endShares(first, last);
  return (
    <Typed onDone={() => shares && onValue(shares)}>
      <div class="options-pair">
        <TextInput
          id="option-first"
          label="Position: first, %"
          inputmode="numeric"
          value={first}
          error={shares ? undefined : "Whole percents, 100 together at most."}
          help={shares ? `Between: ${shares.middle} %` : undefined}
          onValue={setFirst}
        />
        <TextInput
          id="option-last"
          label="Position: last, %"
          inputmode="numeric"
          value={last}
          onValue={setLast}
        />
      </div>
      <EnterButton />
    </Typed>
  );
}

/** A form of two fields takes Enter only where there is something to press. */
function EnterButton() {
  return (
    <button type="submit" class="sr-only" tabIndex={-1}>
      Apply
    </button>
  );
}

function HalfLifeField({ value, onValue }: { value: number; onValue: (days: number) => void }) {
  const [text, setText] = useState(String(value));
  const parsed = parseHalfLife(text);
  return (
    <Typed onDone={() => parsed !== null && onValue(parsed)}>
      <TextInput
        id="option-half-life"
        label="Time decay: half-life, days"
        inputmode="decimal"
        value={text}
        help="Credit halves with each of them."
        error={parsed === null ? "A number of days above 0." : undefined}
        onValue={setText}
      />
    </Typed>
  );
}

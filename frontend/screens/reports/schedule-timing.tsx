import { timeZoneOptions } from "#frontend/format/zones.ts";
import { CheckField, SelectField } from "#frontend/parts/form.tsx";
import { withFollowers } from "#frontend/parts/use-form.ts";
import type { FormState } from "#frontend/parts/use-form.ts";
import { PERIOD_WORDS, optionsOf } from "#frontend/reports/choice-words.ts";
import { CADENCE_WORDS, WEEKDAYS, hourWords, monthDayWords } from "#frontend/reports/schedule-words.ts";
import { coversFor } from "./schedule-form.ts";
import type { ScheduleValues } from "./schedule-form.ts";

const HOURS = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: hourWords(hour) }));
const MONTH_DAYS = Array.from({ length: 31 }, (_, index) => ({
  value: String(index + 1),
  label: monthDayWords(index + 1),
}));
const WEEKDAY_OPTIONS = WEEKDAYS.map((label, index) => ({ value: String(index + 1), label }));

/** How often, at which hour of which clock, and the days each report covers. */
export function ScheduleTiming({ form }: { form: FormState<ScheduleValues> }) {
  const { cadence } = form.values;
  const withCovers = withFollowers(form, (value) => form.set("covers", coversFor(value, form.values)));
  return (
    <>
      <div class="form-grid">
        <SelectField form={withCovers} name="cadence" label="How often" options={optionsOf(CADENCE_WORDS)} />
        {cadence === "weekly" && (
          <SelectField form={form} name="weekday" label="On" options={WEEKDAY_OPTIONS} />
        )}
        {(cadence === "monthly" || cadence === "quarterly") && (
          <SelectField
            form={form}
            name="monthDay"
            label={cadence === "monthly" ? "On the" : "On the, in its first month"}
            options={MONTH_DAYS}
            help="A shorter month sends on its last day."
          />
        )}
        <SelectField form={form} name="hour" label="Hour" options={HOURS} />
      </div>
      <div class="form-grid">
        <SelectField
          form={form}
          name="covers"
          label="Each report covers"
          options={optionsOf(PERIOD_WORDS)}
          help="Counted back from the day it is sent; a day that still runs is in no report."
        />
        <SelectField
          form={form}
          name="timeZone"
          label="Time zone"
          options={timeZoneOptions(form.values.timeZone)}
          help="When clocks change, it stays at this hour."
        />
      </div>
      <CheckField
        form={form}
        name="skipEmpty"
        label="Send nothing when nothing happened"
        help="No visitors, no conversions and no spend in its days: the run is noted as skipped."
      />
    </>
  );
}

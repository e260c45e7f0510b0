import type { Site } from "#contract/sites.ts";
import { ROLLING_PERIODS, rollingRange } from "#core/report/rolling-period.ts";
import { formatDayRange } from "#frontend/format/date.ts";
import { SelectField, TextField } from "#frontend/parts/form.tsx";
import { Segments } from "#frontend/parts/tabs.tsx";
import type { FormState } from "#frontend/parts/use-form.ts";
import { PERIOD_WORDS, optionsOf } from "#frontend/reports/choice-words.ts";
import { todayAt } from "#frontend/state/workspace.ts";
import type { ReportValues } from "./report-form.ts";

/** Days of the calendar, or a period that ends yesterday. */
export function ReportDays({ form, site }: { form: FormState<ReportValues>; site: Site }) {
  return (
    <fieldset class="field" style={{ gap: "10px" }}>
      <legend class="field-label content-legend">Days</legend>
      <div>
        <Segments
          label="How the days are chosen"
          value={form.values.days === "range" ? "range" : "period"}
          options={[
            { value: "period", label: "A period up to yesterday" },
            { value: "range", label: "From – to" },
          ]}
          onValue={(days) => form.set("days", days)}
        />
      </div>
      {form.values.days === "range" ? (
        <div class="form-grid">
          <TextField form={form} name="from" label="From" type="date" />
          <TextField form={form} name="to" label="To" type="date" help={`Whole days in ${site.timeZone}.`} />
        </div>
      ) : (
        <SelectField
          form={form}
          name="period"
          label="Period"
          options={optionsOf(PERIOD_WORDS)}
          help={periodHelp(form.values.period, site)}
        />
      )}
    </fieldset>
  );
}

function periodHelp(chosen: string, site: Site): string {
  const period = ROLLING_PERIODS.find((known) => known === chosen);
  if (!period) return "";
  const { from, to } = rollingRange(period, todayAt(site));
  return `${formatDayRange(from, to)}, whole days in ${site.timeZone}.`;
}

import { MODELS } from "#core/attribution/models.ts";
import { modelWords } from "#frontend/attribution/model-words.ts";
import { SelectField } from "#frontend/parts/form.tsx";
import type { FormState } from "#frontend/parts/use-form.ts";
import { LOOKBACKS } from "#frontend/state/analytics-view.ts";
import { COMPARISON_WORDS, optionsOf } from "./choice-words.ts";
import type { ContentValues } from "./content-values.ts";

const MODEL_OPTIONS = MODELS.map((model) => ({ value: model, label: modelWords(model).label }));
const DIRECT_OPTIONS = [
  { value: "keep", label: "Count like any other touch" },
  { value: "exclude_unless_only", label: "Earn only where nothing else was" },
];

/** Which model, how far back, and what it is compared with. */
export function ComputedFields({ form }: { form: FormState<ContentValues> }) {
  const { model, lookback } = form.values;
  const words = MODELS.find((known) => known === model);
  return (
    <div class="form-grid">
      <SelectField
        form={form}
        name="model"
        label="Attribution model"
        options={MODEL_OPTIONS}
        help={words ? modelWords(words).explanation : null}
      />
      <SelectField
        form={form}
        name="lookback"
        label="Lookback window"
        options={lookbackOptions(Number(lookback))}
        help="How far before a conversion a touch still counts."
      />
      <SelectField form={form} name="compare" label="Compared with" options={optionsOf(COMPARISON_WORDS)} />
      <SelectField form={form} name="direct" label="Direct visits" options={DIRECT_OPTIONS} />
    </div>
  );
}

function lookbackOptions(current: number): { value: string; label: string }[] {
  const days = new Set<number>([...LOOKBACKS, current]);
  return [...days]
    .toSorted((one, other) => one - other)
    .map((count) => ({ value: String(count), label: count === 1 ? "1 day" : `${count} days` }));
}

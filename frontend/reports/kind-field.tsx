import "./content-fields.css";

import { REPORT_KINDS } from "#core/report/report-model.ts";
import type { FormState } from "#frontend/parts/use-form.ts";
import { KIND_WORDS } from "./choice-words.ts";
import type { ContentValues } from "./content-values.ts";
import { KindPicture } from "./kind-picture.tsx";

/** What the report is for: a card each, with what it holds. */
export function KindField({ form }: { form: FormState<ContentValues> }) {
  const id = `${form.id}-kind`;
  return (
    <fieldset class="field" id={id} tabIndex={-1}>
      <legend class="field-label content-legend">What it is for</legend>
      <div class="kind-cards">
        {REPORT_KINDS.map((kind) => (
          <label key={kind} class="kind-card">
            <input
              type="radio"
              name={id}
              value={kind}
              checked={form.values.kind === kind}
              onChange={() => form.set("kind", kind)}
              aria-describedby={`${id}-${kind}`}
            />
            <KindPicture kind={kind} />
            <span>
              <span class="choice-title">{KIND_WORDS[kind].label}</span>
              <span class="choice-help kind-line" id={`${id}-${kind}`}>
                {KIND_WORDS[kind].line}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

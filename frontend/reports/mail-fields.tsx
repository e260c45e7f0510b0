import type { RecipientState } from "#contract/report-addresses.ts";
import { REPORT_FORMATS } from "#core/report/report-format.ts";
import { TextAreaField, TextField } from "#frontend/parts/form.tsx";
import type { FormState } from "#frontend/parts/use-form.ts";
import { CheckList } from "./check-list.tsx";
import { FORMAT_WORDS } from "./choice-words.ts";
import { splitList } from "./content-values.ts";
import type { ContentValues } from "./content-values.ts";
import { RecipientsField } from "./recipients-field.tsx";

type MailProps = {
  form: FormState<ContentValues>;
  optional: boolean;
  states?: readonly { address: string; state: RecipientState }[];
};

/** Who gets it, as which files, and what the mail says above the figures. */
export function MailFields({ form, optional, states = [] }: MailProps) {
  return (
    <>
      <RecipientsField form={form} optional={optional} states={states} />
      <CheckList
        id={`${form.id}-formats`}
        legend="Files in the mail"
        entries={REPORT_FORMATS.map((value) => ({ value, ...FORMAT_WORDS[value] }))}
        chosen={splitList(form.values.formats)}
        onChosen={(chosen) => form.set("formats", chosen.join(","))}
        error={form.errors.formats}
        help="The key figures stand in the mail itself. All four can be downloaded in any case."
        isInline
      />
      <div class="form-grid">
        <TextField form={form} name="subject" label="Subject" optional placeholder="The report's title" />
        <TextAreaField form={form} name="note" label="Note above the figures" optional rows={2} />
      </div>
    </>
  );
}

import { CAMPAIGN_CHANNELS } from "#frontend/format/channel.ts";
import { SelectField, TextAreaField, TextField } from "#frontend/parts/form.tsx";
import type { FormState } from "#frontend/parts/use-form.ts";
import type { CampaignValues } from "./campaign-form.ts";

type FieldsProps<V extends CampaignValues> = { form: FormState<V>; currency: string };

/** Name and channel: what every campaign has. */
export function CampaignBasics({ form }: { form: FormState<CampaignValues> }) {
  return (
    <div class="form-grid">
      <TextField form={form} name="name" label="Name" autocomplete="off" placeholder="Autumn sale" />
      <SelectField form={form} name="channel" label="Channel" options={CAMPAIGN_CHANNELS} />
    </div>
  );
}

/** When it runs, what it may cost and what it should bring. */
export function CampaignPlan({ form, currency }: FieldsProps<CampaignValues>) {
  return (
    <>
      <div class="form-grid">
        <TextField form={form} name="startsOn" label="First day" type="date" optional />
        <TextField form={form} name="endsOn" label="Last day" type="date" optional />
        <TextField
          form={form}
          name="budget"
          label="Budget"
          prefix={currency}
          inputmode="decimal"
          optional
          help="For the whole flight."
        />
      </div>
      <div class="form-grid">
        <TextField form={form} name="goal" label="Goal" optional placeholder="300 first orders" />
        <TextField
          form={form}
          name="targetCpa"
          label="Target CPA"
          prefix={currency}
          inputmode="decimal"
          optional
          help="What one conversion may cost."
        />
        <TextField
          form={form}
          name="targetRoas"
          label="Target ROAS"
          prefix="×"
          inputmode="decimal"
          optional
          help="Revenue for each unit of spend."
        />
        <TextField
          form={form}
          name="margin"
          label="Margin"
          prefix="%"
          inputmode="decimal"
          optional
          help="What is left of its revenue after the cost of goods. Empty: the site's."
        />
      </div>
    </>
  );
}

/** Who looks after it, and what others should know. */
export function CampaignPeople({ form }: { form: FormState<CampaignValues> }) {
  return (
    <>
      <TextField form={form} name="owner" label="Owner" optional />
      <TextAreaField form={form} name="notes" label="Notes" optional rows={3} />
    </>
  );
}

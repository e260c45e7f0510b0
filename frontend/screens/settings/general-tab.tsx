import type { Site } from "#contract/sites.ts";
import { updateSite } from "#frontend/api/sites.ts";
import { currencyOptions, timeZoneOptions } from "#frontend/format/zones.ts";
import { Card } from "#frontend/parts/card.tsx";
import { Form, FormActions, SelectField, TextField } from "#frontend/parts/form.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import { siteErrors, siteHost } from "./site-form.ts";

/** Name, host, zone, currency. */
export function GeneralTab({ site }: { site: Site }) {
  const form = useForm({
    initial: { name: site.name, domain: site.domain, timeZone: site.timeZone, currency: site.currency },
    validate: siteErrors,
    submit: async (values) => {
      await updateSite(site.id, { ...values, name: values.name.trim(), domain: siteHost(values.domain) });
      toast("Saved.");
    },
  });
  return (
    <Card title="General">
      <Form form={form} label="General">
        <div class="form-grid">
          <TextField form={form} name="name" label="Name" />
          <TextField form={form} name="domain" label="Domain" inputmode="url" spellcheck={false} />
        </div>
        <div class="form-grid">
          <SelectField
            form={form}
            name="timeZone"
            label="Time zone"
            options={timeZoneOptions(site.timeZone)}
            help="A day begins and ends here. Days that are already sealed keep theirs."
          />
          <SelectField
            form={form}
            name="currency"
            label="Currency"
            options={currencyOptions(site.currency)}
            help="What revenue and spend are shown in."
          />
        </div>
        <FormActions form={form} save="Save">
          {form.dirty && <span class="muted small">Not saved yet.</span>}
        </FormActions>
      </Form>
    </Card>
  );
}

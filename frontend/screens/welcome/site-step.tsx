import type { Site } from "#contract/sites.ts";
import { createSite } from "#frontend/api/sites.ts";
import { readableHost } from "#frontend/format/host.ts";
import { currencyOptions, likelyCurrency, ownTimeZone, timeZoneOptions } from "#frontend/format/zones.ts";
import { Card } from "#frontend/parts/card.tsx";
import { ChoiceField, Form, FormActions, SelectField, TextField } from "#frontend/parts/form.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import type { FormState } from "#frontend/parts/use-form.ts";
import { IDENTITY_CHOICES } from "#frontend/screens/settings/identity-choices.ts";
import { siteErrors, siteHost } from "#frontend/screens/settings/site-form.ts";

type Values = { domain: string; name: string; timeZone: string; currency: string; identity: string };

/** The site: its address, and what a day and an amount mean there. */
export function SiteStep({ onMade }: { onMade: (site: Site) => void }) {
  const form = useSiteForm(onMade);
  return (
    <Card title="Which site do you want to measure?">
      <Form form={form} label="Your site">
        <div class="form-grid">
          <TextField
            form={form}
            name="domain"
            label="Address"
            inputmode="url"
            placeholder="shop.example"
            spellcheck={false}
            autofocus
          />
          <TextField
            form={form}
            name="name"
            label="Name"
            optional
            placeholder={readableHost(siteHost(form.values.domain)) || "My shop"}
          />
        </div>
        <div class="form-grid">
          <SelectField
            form={form}
            name="timeZone"
            label="Time zone"
            options={timeZoneOptions(form.values.timeZone)}
            help="A day begins and ends here."
          />
          <SelectField
            form={form}
            name="currency"
            label="Currency"
            options={currencyOptions(form.values.currency)}
          />
        </div>
        <ChoiceField
          form={form}
          name="identity"
          legend="How visitors are recognised"
          choices={IDENTITY_CHOICES}
        />
        <FormActions form={form} save="Add site" />
      </Form>
    </Card>
  );
}

function useSiteForm(onMade: (site: Site) => void): FormState<Values> {
  const zone = ownTimeZone();
  return useForm<Values>({
    draft: "first-site",
    initial: {
      domain: "",
      name: "",
      timeZone: zone,
      currency: likelyCurrency(zone),
      identity: "first-party",
    },
    validate: ({ domain }) => siteErrors({ domain, name: "its host" }),
    submit: async ({ domain, name, timeZone, currency, identity }) => {
      const host = siteHost(domain);
      const request = { domain: host, name: name.trim() || readableHost(host), timeZone, currency };
      onMade(await createSite({ ...request, identity: identity as Site["identity"] }));
    },
  });
}

import { useRef } from "preact/hooks";

import type { Campaign, CreateCampaignRequest } from "#contract/campaigns.ts";
import type { Site } from "#contract/sites.ts";
import { CAMPAIGN_CHANNELS } from "#frontend/format/channel.ts";
import { moneyError, parseMoney } from "#frontend/format/typed-money.ts";
import { LinkButton } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { Form, FormActions, SelectField, TextField } from "#frontend/parts/form.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import type { Errors, FormState } from "#frontend/parts/use-form.ts";
import { promoMatchers } from "#frontend/screens/campaigns/campaign-form.ts";
import { campaignSlug } from "#frontend/screens/campaigns/utm-for-channel.ts";
import { makeFirstCampaign } from "./make-first-campaign.ts";

type Values = { name: string; channel: string; destination: string; promo: string; budget: string };

type StepProps = { site: Site; onMade: (campaign: Campaign) => void };

/** A name, a channel, where it leads: links and codes are made from that. */
export function CampaignStep({ site, onMade }: StepProps) {
  const form = useCampaignForm({ site, onMade });
  return (
    <Card title="Your first campaign" sub="You get a tagged link, a short link and a code to paste.">
      <Form form={form} label="Your first campaign">
        <div class="form-grid">
          <TextField
            form={form}
            name="name"
            label="Name"
            placeholder="Autumn sale"
            autofocus
            autocomplete="off"
          />
          <SelectField form={form} name="channel" label="Channel" options={CAMPAIGN_CHANNELS} />
        </div>
        <TextField
          form={form}
          name="destination"
          label="It leads to"
          type="url"
          inputmode="url"
          spellcheck={false}
        />
        <CodeAndBudget form={form} currency={site.currency} />
        <FormActions form={form} save="Create campaign">
          <LinkButton kind="quiet" href={`/?site=${site.id}`}>
            Later
          </LinkButton>
        </FormActions>
      </Form>
    </Card>
  );
}

function CodeAndBudget({ form, currency }: { form: FormState<Values>; currency: string }) {
  return (
    <div class="form-grid">
      <TextField
        form={form}
        name="promo"
        label="Promo code"
        optional
        autocomplete="off"
        spellcheck={false}
        placeholder="AUTUMN15"
      />
      <TextField form={form} name="budget" label="Budget" optional prefix={currency} inputmode="decimal" />
    </div>
  );
}

function useCampaignForm({ site, onMade }: StepProps): FormState<Values> {
  // Made already, when only the link failed: a second try must not make a second campaign, also under another name.
  const madeRef = useRef<Campaign | null>(null);
  return useForm<Values>({
    draft: `first-campaign:${site.id}`,
    initial: {
      name: "",
      channel: "paid-social",
      destination: `https://${site.domain}/`,
      promo: "",
      budget: "",
    },
    fieldOf: { matchers: "promo", budgetMinor: "budget" },
    validate: (values) => stepErrors(values, site.currency),
    submit: async (values) => {
      const campaign = await makeFirstCampaign({
        site,
        request: campaignRequest(values, site.currency),
        destination: values.destination.trim(),
        made: madeRef.current,
        onMade: (made) => {
          madeRef.current = made;
        },
      });
      onMade(campaign);
    },
  });
}

function campaignRequest({ name, channel, promo, budget }: Values, currency: string): CreateCampaignRequest {
  return {
    name: name.trim(),
    channel,
    status: "active",
    matchers: [{ kind: "utm_campaign", value: campaignSlug(name) || name.trim() }, ...promoMatchers(promo)],
    ...(budget.trim() ? { budgetMinor: parseMoney(budget, currency) } : {}),
  };
}

function stepErrors({ name, destination, budget }: Values, currency: string): Errors {
  const errors: Errors = {};
  if (name.trim() === "") errors.name = "Give the campaign a name";
  const url = URL.parse(destination.trim());
  if (!url || !/^https?:$/.test(url.protocol))
    errors.destination = "Enter a whole address, beginning with https://";
  const refused = budget.trim() === "" ? null : moneyError(budget, currency, "1250.00");
  if (refused !== null) errors.budget = refused;
  return errors;
}

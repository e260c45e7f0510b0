import type { Campaign, Matcher } from "#contract/campaigns.ts";
import type { Site } from "#contract/sites.ts";
import { createCampaign, createLink } from "#frontend/api/campaigns.ts";
import { CAMPAIGN_CHANNELS } from "#frontend/format/channel.ts";
import { parseMoney } from "#frontend/format/money.ts";
import { LinkButton } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { Form, FormActions, SelectField, TextField } from "#frontend/parts/form.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import type { Errors } from "#frontend/parts/use-form.ts";
import { promoMatchers } from "#frontend/screens/campaigns/campaign-form.ts";
import { campaignSlug, utmForChannel } from "#frontend/screens/campaigns/utm-for-channel.ts";

type Values = { name: string; channel: string; destination: string; promo: string; budget: string };

/** A name, a channel, where it leads: links and codes are made from that. */
export function CampaignStep({
  site,
  onMade,
}: {
  site: Site;
  onMade: (campaign: Campaign, linkId: string) => void;
}) {
  const form = useForm<Values>({
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
      const matchers: Matcher[] = [
        { kind: "utm_campaign", value: campaignSlug(values.name) || values.name.trim() },
        ...promoMatchers(values.promo),
      ];
      const campaign = await createCampaign(site.id, {
        name: values.name.trim(),
        channel: values.channel,
        status: "active",
        matchers,
        ...(values.budget.trim() ? { budgetMinor: parseMoney(values.budget, site.currency) } : {}),
      });
      const link = await createLink(site.id, {
        destination: values.destination.trim(),
        campaignId: campaign.id,
        utm: utmForChannel(values.channel),
      });
      onMade(campaign, link.id);
    },
  });
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
          <TextField
            form={form}
            name="budget"
            label="Budget"
            optional
            prefix={site.currency}
            inputmode="decimal"
          />
        </div>
        <FormActions form={form} save="Create campaign">
          <LinkButton kind="quiet" href={`/?site=${site.id}`}>
            Later
          </LinkButton>
        </FormActions>
      </Form>
    </Card>
  );
}

function stepErrors({ name, destination, budget }: Values, currency: string): Errors {
  const errors: Errors = {};
  if (name.trim() === "") errors.name = "Give the campaign a name";
  const url = URL.parse(destination.trim());
  if (!url || !/^https?:$/.test(url.protocol))
    errors.destination = "Enter a whole address, beginning with https://";
  if (budget.trim() !== "" && parseMoney(budget, currency) === null) {
    errors.budget = `Enter an amount in ${currency}, like 1,250.00`;
  }
  return errors;
}

import { useLocation } from "preact-iso";

import type { Matcher } from "#contract/campaigns.ts";
import type { Site } from "#contract/sites.ts";
import { createCampaign } from "#frontend/api/campaigns.ts";
import { Page } from "#frontend/frame/page.tsx";
import { LinkButton } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { Form, FormActions, TextField } from "#frontend/parts/form.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import type { FormState } from "#frontend/parts/use-form.ts";
import { useHref } from "#frontend/state/links.ts";
import { useSite } from "#frontend/state/use-site.ts";
import { CampaignBasics, CampaignPeople, CampaignPlan } from "./campaign-fields.tsx";
import {
  CAMPAIGN_FIELD_OF,
  campaignErrors,
  EMPTY_CAMPAIGN,
  promoMatchers,
  toRequest,
} from "./campaign-form.ts";
import type { CampaignValues } from "./campaign-form.ts";
import { campaignSlug } from "./utm-for-channel.ts";

type NewValues = CampaignValues & { utm: string; promo: string };

/** A new campaign; how it is recognised can be changed at any time, and history follows. */
export function NewCampaignScreen() {
  const site = useSite();
  const href = useHref();
  const form = useNewCampaignForm(site);
  return (
    <Page title="New campaign" back={{ href: href("/campaigns"), label: "Campaigns" }}>
      <div style={{ maxWidth: "760px" }}>
        <Card>
          <Form form={form} label="New campaign">
            <CampaignBasics form={form} />
            <FirstMatchers form={form} />
            <CampaignPlan form={form} currency={site.currency} />
            <CampaignPeople form={form} />
            <FormActions form={form} save="Create campaign">
              <LinkButton kind="quiet" href={href("/campaigns")}>
                Cancel
              </LinkButton>
            </FormActions>
          </Form>
        </Card>
      </div>
    </Page>
  );
}

function useNewCampaignForm(site: Site): FormState<NewValues> {
  const { route } = useLocation();
  const href = useHref();
  return useForm<NewValues>({
    draft: `campaign:${site.id}`,
    initial: { ...EMPTY_CAMPAIGN, utm: "", promo: "" },
    fieldOf: { ...CAMPAIGN_FIELD_OF, matchers: "utm" },
    validate: (values) => campaignErrors(values, site.currency),
    submit: async (values) => {
      const utm = values.utm.trim() || campaignSlug(values.name);
      const matchers: Matcher[] = [{ kind: "utm_campaign", value: utm }, ...promoMatchers(values.promo)];
      const request = toRequest(values, site.currency);
      const campaign = await createCampaign(site.id, { ...request, status: "active", matchers });
      toast(`${campaign.name} is active.`);
      route(href(`/campaigns/${campaign.id}/settings`));
    },
  });
}

function FirstMatchers({ form }: { form: FormState<NewValues> }) {
  return (
    <div class="form-grid">
      <TextField
        form={form}
        name="utm"
        label="utm_campaign"
        optional
        autocomplete="off"
        spellcheck={false}
        placeholder={campaignSlug(form.values.name) || "autumn-sale"}
        help="What its links carry. Upper and lower case are the same."
      />
      <TextField
        form={form}
        name="promo"
        label="Promo codes"
        optional
        autocomplete="off"
        spellcheck={false}
        placeholder="AUTUMN15"
        help="Several are divided by commas."
      />
    </div>
  );
}

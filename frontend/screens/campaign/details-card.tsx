import type { Campaign } from "#contract/campaigns.ts";
import { updateCampaign } from "#frontend/api/campaigns.ts";
import { Card } from "#frontend/parts/card.tsx";
import { Form, FormActions } from "#frontend/parts/form.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import {
  CampaignBasics,
  CampaignPeople,
  CampaignPlan,
} from "#frontend/screens/campaigns/campaign-fields.tsx";
import {
  CAMPAIGN_FIELD_OF,
  campaignErrors,
  toRequest,
  toValues,
} from "#frontend/screens/campaigns/campaign-form.ts";

/** Name, channel, flight, budget, targets. */
export function DetailsCard({ campaign }: { campaign: Campaign }) {
  const form = useForm({
    draft: `campaign:${campaign.id}`,
    initial: toValues(campaign),
    fieldOf: CAMPAIGN_FIELD_OF,
    validate: (values) => campaignErrors(values, campaign.currency),
    submit: async (values) => {
      await updateCampaign(campaign, toRequest(values, campaign.currency));
      toast("Saved.");
    },
  });
  return (
    <Card title="Details" id="details">
      <Form form={form} label="Details">
        <CampaignBasics form={form} />
        <CampaignPlan form={form} currency={campaign.currency} />
        <CampaignPeople form={form} />
        <FormActions form={form} save="Save">
          {form.dirty && <span class="muted small">Not saved yet. ⌘Enter saves.</span>}
        </FormActions>
      </Form>
    </Card>
  );
}

import type { Campaign } from "#contract/campaigns.ts";
import { paths } from "#frontend/api/paths.ts";
import type { List } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { SelectField } from "#frontend/parts/form.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { Bone, Skeleton } from "#frontend/parts/skeleton.tsx";
import { withFollowers } from "#frontend/parts/use-form.ts";
import type { FormState } from "#frontend/parts/use-form.ts";
import { useWorkspace } from "#frontend/state/workspace.ts";
import { CheckList } from "./check-list.tsx";
import { NO_SITE, splitList } from "./content-values.ts";
import type { ContentValues } from "./content-values.ts";

const MOST_CAMPAIGNS = 200;

/** Which site, and which of its campaigns. */
export function ScopeFields({ form }: { form: FormState<ContentValues> }) {
  const { sites } = useWorkspace();
  const isSummary = form.values.kind === "executive-summary";
  const options = [
    ...sites.map((site) => ({ value: site.id, label: site.name })),
    ...(isSummary || form.values.site === NO_SITE
      ? [{ value: NO_SITE, label: "All sites of the account" }]
      : []),
  ];
  // Campaigns of another site mean nothing here.
  const choose = withFollowers(form, () => form.set("campaigns", ""));
  return (
    <>
      <SelectField form={choose} name="site" label="Of which site" options={options} />
      {form.values.site !== NO_SITE && <CampaignsField key={form.values.site} form={form} />}
    </>
  );
}

function CampaignsField({ form }: { form: FormState<ContentValues> }) {
  const resource = useResource<List<Campaign>>(paths.campaigns(form.values.site, { limit: MOST_CAMPAIGNS }));
  return (
    <Loaded
      resource={resource}
      what="The campaigns"
      skeleton={
        <Skeleton label="campaigns">
          <Bone height={64} />
        </Skeleton>
      }
      compact
    >
      {({ items }) => <CampaignList form={form} campaigns={items} />}
    </Loaded>
  );
}

type ListProps = { form: FormState<ContentValues>; campaigns: readonly Campaign[] };

function CampaignList({ form, campaigns }: ListProps) {
  const isSponsor = form.values.kind === "sponsor";
  if (campaigns.length === 0 && !isSponsor) return null;
  return (
    <CheckList
      id={`${form.id}-campaigns`}
      legend={isSponsor ? "The sponsor's campaigns" : "Campaigns"}
      entries={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
      chosen={splitList(form.values.campaigns)}
      onChosen={(chosen) => form.set("campaigns", chosen.join(","))}
      error={form.errors.campaigns}
      help={
        isSponsor ? "Nothing of the others is in the report or in its files." : "None chosen: all of them."
      }
      isInline
    />
  );
}

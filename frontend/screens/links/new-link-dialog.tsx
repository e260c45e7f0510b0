import { useState } from "preact/hooks";

import type { Campaign } from "#contract/campaigns.ts";
import type { CreateLinkRequest, Link } from "#contract/links.ts";
import type { Site } from "#contract/sites.ts";
import { createLink } from "#frontend/api/campaigns.ts";
import { paths } from "#frontend/api/paths.ts";
import type { List } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { Button } from "#frontend/parts/button.tsx";
import { CopyBox } from "#frontend/parts/copy-box.tsx";
import { Dialog } from "#frontend/parts/dialog.tsx";
import { Form, FormActions, SelectField, TextField } from "#frontend/parts/form.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { Bone, Skeleton } from "#frontend/parts/skeleton.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import type { Errors, FormState } from "#frontend/parts/use-form.ts";
import { utmForChannel } from "#frontend/screens/campaigns/utm-for-channel.ts";

const LISTED = 200;

type DialogProps = { site: Site; campaign: Campaign | null; onClose: () => void };

/** Makes a link, then shows it ready to copy. */
export function NewLinkDialog(props: DialogProps) {
  const { onClose } = props;
  const [made, setMade] = useState<Link | null>(null);
  return (
    <Dialog title={made ? "Your link" : "New short link"} onClose={onClose}>
      {made ? (
        <div class="stack">
          <CopyBox text={made.url} what="link" />
          <p class="muted small">It leads to {made.destination}</p>
          <div class="row">
            <Button kind="primary" onClick={onClose}>
              Done
            </Button>
          </div>
        </div>
      ) : (
        <NewLink {...props} onMade={setMade} />
      )}
    </Dialog>
  );
}

type NewProps = DialogProps & { onMade: (link: Link) => void };

const SKELETON = (
  <Skeleton label="campaigns">
    <Bone height={320} />
  </Skeleton>
);

/** Without the list of campaigns a link could only be made for none: it is waited for. */
function NewLink(props: NewProps) {
  const { site, campaign } = props;
  const resource = useResource<List<Campaign>>(campaign ? null : paths.campaigns(site.id, { limit: LISTED }));
  if (campaign) return <LinkForm {...props} campaigns={[]} />;
  return (
    <Loaded resource={resource} what="The campaigns" skeleton={SKELETON} compact>
      {({ items }) => <LinkForm {...props} campaigns={items} />}
    </Loaded>
  );
}

type FormProps = NewProps & { campaigns: readonly Campaign[] };
type Values = {
  destination: string;
  campaignId: string;
  slug: string;
  note: string;
  source: string;
  medium: string;
};

function LinkForm(props: FormProps) {
  const { campaign, campaigns, onClose } = props;
  const form = useLinkForm(props);
  const options = [
    { value: "", label: "None" },
    ...campaigns.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <Form form={form} label="New short link">
      <TextField
        form={form}
        name="destination"
        label="Leads to"
        type="url"
        inputmode="url"
        spellcheck={false}
      />
      {!campaign && <SelectField form={form} name="campaignId" label="Campaign" options={options} />}
      <div class="form-grid">
        <TextField form={form} name="source" label="utm_source" optional spellcheck={false} />
        <TextField form={form} name="medium" label="utm_medium" optional spellcheck={false} />
      </div>
      <TextField
        form={form}
        name="slug"
        label="Short name"
        optional
        prefix="/r/"
        spellcheck={false}
        help="Lower-case letters, digits and dashes. Left empty, one is made."
      />
      <TextField form={form} name="note" label="Note" optional placeholder="Episode 12, first half" />
      <FormActions form={form} save="Create link">
        <Button onClick={onClose}>Cancel</Button>
      </FormActions>
    </Form>
  );
}

function useLinkForm({ site, campaign, onMade }: FormProps): FormState<Values> {
  const preset = campaign ? utmForChannel(campaign.channel) : { source: "", medium: "" };
  return useForm<Values>({
    draft: `link:${campaign?.id ?? site.id}`,
    initial: {
      destination: `https://${site.domain}/`,
      campaignId: campaign?.id ?? "",
      slug: "",
      note: "",
      ...preset,
    },
    fieldOf: { "utm.source": "source", "utm.medium": "medium" },
    validate: linkErrors,
    submit: async (values) => onMade(await createLink(site.id, linkRequest(values))),
  });
}

function linkRequest({ destination, campaignId, slug, note, source, medium }: Values): CreateLinkRequest {
  const utm = {
    ...(source.trim() ? { source: source.trim() } : {}),
    ...(medium.trim() ? { medium: medium.trim() } : {}),
  };
  return {
    destination: destination.trim(),
    ...(campaignId ? { campaignId } : {}),
    ...(slug.trim() ? { slug: slug.trim().toLowerCase() } : {}),
    ...(Object.keys(utm).length > 0 ? { utm } : {}),
    note: note.trim() || null,
  };
}

const SLUG = /^[a-z0-9][a-z0-9-]{2,47}$/;

function linkErrors({ destination, slug }: { destination: string; slug: string }): Errors {
  const errors: Errors = {};
  const url = URL.parse(destination.trim());
  if (!url || !/^https?:$/.test(url.protocol))
    errors.destination = "Enter a whole address, beginning with https://";
  if (slug.trim() !== "" && !SLUG.test(slug.trim().toLowerCase())) {
    errors.slug = "Use 3 to 48 lower-case letters, digits and dashes";
  }
  return errors;
}

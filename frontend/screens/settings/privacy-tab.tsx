import type { Site } from "#contract/sites.ts";
import { updateSite } from "#frontend/api/sites.ts";
import { readableHost, readableOrigin } from "#frontend/format/host.ts";
import { Card } from "#frontend/parts/card.tsx";
import { CheckField, ChoiceField, Form, FormActions, TextAreaField } from "#frontend/parts/form.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import type { Errors, FormState } from "#frontend/parts/use-form.ts";
import { canAdmin, useWorkspace } from "#frontend/state/workspace.ts";
import { IDENTITY_CHOICES } from "./identity-choices.ts";
import { hostsError, originsError, readHosts, readLines } from "./site-form.ts";
import { VisitorCard } from "./visitor-card.tsx";

const WITHOUT_CONSENT = [
  {
    value: "cookieless",
    title: "Count without recognising",
    help: "The visit counts; the same visitor is not known again after the UTC day.",
  },
  { value: "drop", title: "Count nothing", help: "No event is kept from visitors who did not consent." },
];

type Values = {
  identity: string;
  consentRequired: boolean;
  withoutConsent: string;
  honourGpc: boolean;
  honourDnt: boolean;
  origins: string;
  ownDomains: string;
};

/** Who is recognised, for how long, and what is respected; and what one visitor may ask for. */
export function PrivacyTab({ site }: { site: Site }) {
  const { me } = useWorkspace();
  return (
    <>
      <PrivacyCard site={site} />
      {canAdmin(me) && <VisitorCard site={site} />}
    </>
  );
}

function PrivacyCard({ site }: { site: Site }) {
  const form = usePrivacyForm(site);
  return (
    <Card title="Privacy">
      <Form form={form} label="Privacy">
        <ChoiceField
          form={form}
          name="identity"
          legend="How visitors are recognised"
          choices={IDENTITY_CHOICES}
        />
        <CheckField
          form={form}
          name="consentRequired"
          label="Ask for consent first"
          help="Until your banner calls waymark('consent', 'granted'), visitors are treated as below."
        />
        {form.values.consentRequired && (
          <ChoiceField form={form} name="withoutConsent" legend="Without consent" choices={WITHOUT_CONSENT} />
        )}
        <SignalFields form={form} />
        <HostFields form={form} site={site} />
        <FormActions form={form} save="Save">
          {form.dirty && <span class="muted small">Not saved yet.</span>}
        </FormActions>
      </Form>
    </Card>
  );
}

function usePrivacyForm(site: Site): FormState<Values> {
  const { identity, consentRequired, withoutConsent, honourGpc, honourDnt } = site;
  return useForm<Values>({
    draft: `privacy:${site.id}`,
    initial: {
      identity,
      consentRequired,
      withoutConsent,
      honourGpc,
      honourDnt,
      origins: site.origins.map(readableOrigin).join("\n"),
      ownDomains: site.ownDomains.map(readableHost).join("\n"),
    },
    validate: privacyErrors,
    submit: async (values) => {
      await updateSite(site.id, {
        ...values,
        identity: values.identity as Site["identity"],
        withoutConsent: values.withoutConsent as Site["withoutConsent"],
        origins: readLines(values.origins),
        ownDomains: readHosts(values.ownDomains),
      });
      toast("Saved. New visits follow it within a minute.");
    },
  });
}

function SignalFields({ form }: { form: FormState<Values> }) {
  return (
    <>
      <CheckField
        form={form}
        name="honourGpc"
        label="Honour Global Privacy Control"
        help="Browsers that send it are counted cookieless, whatever is chosen above."
      />
      <CheckField
        form={form}
        name="honourDnt"
        label="Honour Do Not Track"
        help="The older signal, treated the same way."
      />
    </>
  );
}

function HostFields({ form, site }: { form: FormState<Values>; site: Site }) {
  return (
    <>
      <TextAreaField
        form={form}
        name="origins"
        label="Origins that may send events"
        optional
        rows={3}
        placeholder={`https://${site.domain}`}
        help="One a line. Empty: any."
      />
      <TextAreaField
        form={form}
        name="ownDomains"
        label="Your other domains"
        optional
        rows={3}
        placeholder="pay.example"
        help="Shop, payment, login: coming back from them never opens a touchpoint. One a line."
      />
    </>
  );
}

function privacyErrors({ origins, ownDomains }: { origins: string; ownDomains: string }): Errors {
  const errors: Errors = {};
  const origin = originsError(origins);
  const host = hostsError(ownDomains);
  if (origin) errors.origins = origin;
  if (host) errors.ownDomains = host;
  return errors;
}

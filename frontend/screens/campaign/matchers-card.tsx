import "./matchers-card.css";

import { asciiMatcher } from "#contract/ascii-matcher.ts";
import type { Campaign, Matcher } from "#contract/campaigns.ts";
import { MATCHER_KINDS, normaliseMatcher } from "#core/campaigns/normalise-matcher.ts";
import type { MatcherKind, MatcherRefusal } from "#core/campaigns/normalise-matcher.ts";
import { updateCampaign } from "#frontend/api/campaigns.ts";
import { ApiProblem } from "#frontend/api/problem.ts";
import { readableHost } from "#frontend/format/host.ts";
import { Card } from "#frontend/parts/card.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Form, FormActions, SelectField, TextField } from "#frontend/parts/form.tsx";
import { Icon } from "#frontend/parts/icon.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import type { Errors } from "#frontend/parts/use-form.ts";

const KINDS: Readonly<Record<MatcherKind, { label: string; help: string; placeholder: string }>> = {
  utm_campaign: {
    label: "utm_campaign",
    help: "The value its links carry, or an alias of it.",
    placeholder: "autumn-sale",
  },
  promo_code: {
    label: "Promo code",
    help: "Whoever uses it came through this campaign.",
    placeholder: "AUTUMN15",
  },
  utm_pair: {
    label: "utm_source / medium",
    help: "Both, divided by a slash.",
    placeholder: "partner-news / email",
  },
  click_id: { label: "Click id", help: "The parameter an ad platform adds.", placeholder: "gclid" },
  referrer: { label: "Referrer", help: "The site that links to you.", placeholder: "blog.example" },
};

const KIND_OPTIONS = MATCHER_KINDS.map((kind) => ({ value: kind, label: KINDS[kind].label }));

/** How the campaign is recognised. A change matches history again; nothing is lost by naming things late. */
export function MatchersCard({ campaign }: { campaign: Campaign }) {
  const save = async (matchers: readonly Matcher[]) =>
    void (await updateCampaign(campaign, { matchers: [...matchers] }));
  const remove = (matcher: Matcher) => {
    const before = campaign.matchers;
    save(before.filter((candidate) => candidate !== matcher)).then(
      () =>
        toast(`${readableValue(matcher)} no longer counts for ${campaign.name}.`, () => void save(before)),
      (error: unknown) => {
        if (!(error instanceof ApiProblem)) throw error;
        toast(error.message);
      },
    );
  };
  return (
    <Card
      title="How it is recognised"
      sub="Any one of these is enough. Changing them matches all history again."
      id="matchers"
    >
      <div class="stack">
        {campaign.matchers.length === 0 ? (
          <EmptyState title="Nothing leads to this campaign yet" picture="none" compact>
            Add the utm_campaign value of its links, or a promo code.
          </EmptyState>
        ) : (
          <ul class="matchers" aria-label="Matchers">
            {campaign.matchers.map((matcher) => (
              <MatcherChip
                key={`${matcher.kind} ${matcher.value}`}
                matcher={matcher}
                onRemove={() => remove(matcher)}
              />
            ))}
          </ul>
        )}
        <AddMatcher campaign={campaign} onAdd={(matcher) => save([...campaign.matchers, matcher])} />
      </div>
    </Card>
  );
}

function readableValue({ kind, value }: Matcher): string {
  return kind === "referrer" ? readableHost(value) : value;
}

function MatcherChip({ matcher, onRemove }: { matcher: Matcher; onRemove: () => void }) {
  const { label } = KINDS[matcher.kind];
  const value = readableValue(matcher);
  return (
    <li class="matcher">
      <small>{label}</small>
      <span class="mono">{value}</span>
      <button type="button" aria-label={`Remove ${label} ${value}`} onClick={onRemove}>
        <Icon name="close" size={14} />
      </button>
    </li>
  );
}

function AddMatcher({ campaign, onAdd }: { campaign: Campaign; onAdd: (matcher: Matcher) => Promise<void> }) {
  const form = useForm({
    draft: `matcher:${campaign.id}`,
    initial: { kind: "utm_campaign" as string, value: "" },
    fieldOf: { matchers: "value" },
    validate: (values) => matcherErrors(values, campaign.matchers),
    submit: async (values) => {
      await onAdd({ kind: values.kind as MatcherKind, value: values.value.trim() });
      form.reset({ kind: values.kind, value: "" });
    },
  });
  const kind = KINDS[form.values.kind as MatcherKind];
  return (
    <Form form={form} label="Add a matcher">
      <div class="matcher-add">
        <SelectField form={form} name="kind" label="Kind" options={KIND_OPTIONS} />
        <TextField
          form={form}
          name="value"
          label="Value"
          autocomplete="off"
          spellcheck={false}
          placeholder={kind.placeholder}
        />
        <FormActions form={form} save="Add" />
      </div>
      <p class="field-help">{kind.help}</p>
    </Form>
  );
}

const REFUSALS: Readonly<Record<MatcherRefusal, string>> = {
  empty: "Enter a value",
  not_a_pair: "Write it as source / medium",
  unknown_click_id: "Enter a click id parameter, like gclid or fbclid",
  not_a_host: "Enter a host, like blog.example",
};

function matcherErrors({ kind, value }: { kind: string; value: string }, known: readonly Matcher[]): Errors {
  const asked = asciiMatcher({ kind: kind as MatcherKind, value });
  const folded = normaliseMatcher(asked.kind, asked.value);
  if (!folded.ok) return { value: REFUSALS[folded.error] };
  const isKnown = known.some((matcher) => matcher.kind === kind && matcher.value === folded.value);
  return isKnown ? { value: "This is there already" } : {};
}

import type { Site } from "#contract/sites.ts";
import type { ReportSettings } from "#contract/report-settings.ts";
import { currencyOptions } from "#frontend/format/zones.ts";
import { CheckField, SelectField, TextField } from "#frontend/parts/form.tsx";
import { withFollowers } from "#frontend/parts/use-form.ts";
import type { FormState } from "#frontend/parts/use-form.ts";
import { useWorkspace } from "#frontend/state/workspace.ts";
import { AccentField } from "./accent-field.tsx";
import { CheckList } from "./check-list.tsx";
import { LANGUAGE_WORDS, SECTION_WORDS, optionsOf } from "./choice-words.ts";
import { NO_SITE, shownSections } from "./content-values.ts";
import type { ContentValues } from "./content-values.ts";
import { localeFor, localeOptions } from "./locale-options.ts";
import { LogoField } from "./logo-field.tsx";

type FieldsProps = { form: FormState<ContentValues> };

/** What stands in it, and in whose words and colours. */
export function LookFields({ form, settings }: FieldsProps & { settings: ReportSettings | undefined }) {
  return (
    <>
      <SectionsField form={form} />
      <LanguageFields form={form} />
      <CheckField
        form={form}
        name="hasOwnBranding"
        label="A look of its own"
        help={
          settings?.logo || settings?.accent
            ? "Instead of the account's logo, colour and footer."
            : "Logo, colour and footer. Those of all reports are set in Settings › Reports."
        }
      />
      {form.values.hasOwnBranding && <BrandingFields form={form} />}
    </>
  );
}

function SectionsField({ form }: FieldsProps) {
  const isAccount = form.values.site === NO_SITE;
  const possible = optionsOf(SECTION_WORDS).filter(({ value }) =>
    isAccount ? value !== "attribution" && value !== "journeys" : value !== "sites",
  );
  return (
    <CheckList
      id={`${form.id}-sections`}
      legend="Sections"
      entries={possible}
      chosen={shownSections(form.values)}
      // Without any, the kind's own are meant again.
      onChosen={(chosen) => form.set("sections", chosen.join(","))}
      help="The summary and how it was computed are always in it."
      isInline
    />
  );
}

function LanguageFields({ form }: FieldsProps) {
  const { sites } = useWorkspace();
  const site: Site | undefined = sites.find(({ id }) => id === form.values.site) ?? sites[0];
  const withLocale = withFollowers(form, (value) => form.set("locale", localeFor(value, form.values.locale)));
  const own = { value: "", label: site ? `The site's: ${site.currency}` : "The site's" };
  return (
    <div class="form-grid">
      <SelectField form={withLocale} name="language" label="Language" options={optionsOf(LANGUAGE_WORDS)} />
      <SelectField
        form={form}
        name="locale"
        label="Numbers and days"
        options={localeOptions(form.values.locale)}
      />
      <SelectField
        form={form}
        name="currency"
        label="Currency"
        options={[own, ...currencyOptions(site?.currency ?? "EUR")]}
        help="What is in another one is converted by the rate of its day."
      />
    </div>
  );
}

function BrandingFields({ form }: FieldsProps) {
  return (
    <div class="form-grid">
      <LogoField id={`${form.id}-logo`} logo={form.values.logo} onLogo={(logo) => form.set("logo", logo)} />
      <AccentField
        id={`${form.id}-accent`}
        accent={form.values.accent}
        error={form.errors.accent}
        onAccent={(accent) => form.set("accent", accent)}
      />
      <TextField form={form} name="footer" label="Footer of each page" optional />
    </div>
  );
}

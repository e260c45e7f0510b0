import type { ReportSettings } from "#contract/report-settings.ts";
import type { ReportLanguage } from "#core/report/report-model.ts";
import { saveReportSettings } from "#frontend/api/report-settings.ts";
import { Card } from "#frontend/parts/card.tsx";
import { Form, FormActions, SelectField, TextField } from "#frontend/parts/form.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useForm, withFollowers } from "#frontend/parts/use-form.ts";
import type { Errors, FormState } from "#frontend/parts/use-form.ts";
import { AccentField } from "#frontend/reports/accent-field.tsx";
import { LANGUAGE_WORDS, optionsOf } from "#frontend/reports/choice-words.ts";
import { localeFor, localeOptions } from "#frontend/reports/locale-options.ts";
import { LogoField } from "#frontend/reports/logo-field.tsx";
import { canAdmin, useWorkspace } from "#frontend/state/workspace.ts";
import { CoverPreview } from "./cover-preview.tsx";

export type LookValues = {
  logo: string;
  accent: string;
  footer: string;
  language: string;
  locale: string;
  /** "": for good. */
  retention: string;
};

const RETENTIONS = [30, 90, 180, 365, 730, 1_095, 3_650];

/** Logo, colour, footer, language and how long files are kept; beside it the cover that comes of it. */
export function ReportLookForm({ settings }: { settings: ReportSettings }) {
  const { me } = useWorkspace();
  const form = useLookForm(settings);
  const isAdmin = canAdmin(me);
  return (
    <Card title="How reports look" sub="All reports of the account, unless one says otherwise.">
      <div class="look-grid">
        <Form form={form} label="How reports look">
          {!isAdmin && <Notice title="You can look.">Owners and admins change how reports look.</Notice>}
          <BrandFields form={form} />
          <LanguageFields form={form} />
          <SelectField
            form={form}
            name="retention"
            label="Files are kept"
            options={retentionOptions(form.values.retention)}
            help="After that the files go, and links to them end. What was asked and who got it stays in the list."
          />
          {isAdmin && <FormActions form={form} save="Save" />}
        </Form>
        <CoverPreview values={form.values} />
      </div>
    </Card>
  );
}

function BrandFields({ form }: { form: FormState<LookValues> }) {
  return (
    <>
      <LogoField id={`${form.id}-logo`} logo={form.values.logo} onLogo={(logo) => form.set("logo", logo)} />
      <AccentField
        id={`${form.id}-accent`}
        accent={form.values.accent}
        error={form.errors.accent}
        onAccent={(accent) => form.set("accent", accent)}
      />
      <TextField
        form={form}
        name="footer"
        label="Footer"
        optional
        placeholder="Nordkost GmbH, Hamburg"
        help="At the foot of each page."
      />
    </>
  );
}

function LanguageFields({ form }: { form: FormState<LookValues> }) {
  const withLocale = withFollowers(form, (value) => form.set("locale", localeFor(value, form.values.locale)));
  return (
    <div class="form-grid">
      <SelectField form={withLocale} name="language" label="Language" options={optionsOf(LANGUAGE_WORDS)} />
      <SelectField
        form={form}
        name="locale"
        label="Numbers and days"
        options={localeOptions(form.values.locale)}
      />
    </div>
  );
}

function useLookForm(settings: ReportSettings): FormState<LookValues> {
  return useForm<LookValues>({
    draft: "report-look",
    initial: {
      logo: settings.logo ?? "",
      accent: settings.accent ?? "",
      footer: settings.footer ?? "",
      language: settings.language,
      locale: settings.locale,
      retention: settings.retentionDays === null ? "" : String(settings.retentionDays),
    },
    fieldOf: { retentionDays: "retention" },
    validate: ({ accent }): Errors =>
      accent === "" || /^#[0-9a-f]{6}$/.test(accent) ? {} : { accent: "Enter a colour such as #0d7474" },
    submit: async (values) => {
      await saveReportSettings({
        logo: values.logo || null,
        accent: values.accent || null,
        footer: values.footer.trim() || null,
        language: values.language as ReportLanguage,
        locale: values.locale,
        retentionDays: values.retention === "" ? null : Number(values.retention),
      });
      toast("Saved. Reports from now on look like this.");
    },
  });
}

function retentionOptions(current: string): { value: string; label: string }[] {
  const days = new Set([...RETENTIONS, ...(current === "" ? [] : [Number(current)])]);
  const options = [...days].toSorted((one, other) => one - other);
  return [
    ...options.map((count) => ({ value: String(count), label: `${count} days${yearsOf(count)}` })),
    { value: "", label: "For good" },
  ];
}

function yearsOf(days: number): string {
  if (days % 365 !== 0) return "";
  return days === 365 ? ", a year" : `, ${days / 365} years`;
}

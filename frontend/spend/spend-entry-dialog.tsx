import type { Campaign } from "#contract/campaigns.ts";
import type { Site } from "#contract/sites.ts";
import type { LedgerRow, PutSiteSpendRequest } from "#contract/spend.ts";
import { putSiteSpend } from "#frontend/api/spend.ts";
import { countDays, isDay } from "#frontend/format/day.ts";
import { moneyError, moneyToInput, parseMoney } from "#frontend/format/typed-money.ts";
import { currencyOptions } from "#frontend/format/zones.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Dialog } from "#frontend/parts/dialog.tsx";
import { Form, FormActions, SelectField, TextField } from "#frontend/parts/form.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import type { Errors, FormState } from "#frontend/parts/use-form.ts";
import { todayAt } from "#frontend/state/workspace.ts";
import { spreadSpend } from "./spread-spend.ts";

const MAX_DAYS = 1_000;

type DialogProps = {
  site: Site;
  /** Which campaigns it may be of; of one alone nothing is asked. */
  campaigns: readonly Pick<Campaign, "id" | "name" | "currency">[];
  row: Pick<LedgerRow, "day" | "source" | "amount" | "note"> | null;
  onClose: () => void;
};
type Values = {
  campaignId: string;
  from: string;
  to: string;
  amount: string;
  currency: string;
  note: string;
};

/** Adds spend of a campaign, for a day or as a lump sum over several; or changes one row. */
export function SpendEntryDialog(props: DialogProps) {
  const { campaigns, row, onClose } = props;
  const form = useEntryForm(props);
  const [first, ...further] = campaigns;
  const isOne = further.length === 0;
  const title = row ? "Change spend" : "Add spend";
  return (
    <Dialog title={first && isOne ? `${title} of ${first.name}` : title} onClose={onClose}>
      <Form form={form} label="Spend">
        {!isOne && (
          <SelectField
            form={form}
            name="campaignId"
            label="Campaign"
            options={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        {!row && <DayFields form={form} />}
        <div class="form-grid">
          <TextField
            form={form}
            name="amount"
            label="Amount"
            prefix={form.values.currency}
            inputmode="decimal"
            help="0 is a figure too: it says the day cost nothing."
          />
          <SelectField
            form={form}
            name="currency"
            label="Currency"
            options={currencyOptions(form.values.currency)}
          />
        </div>
        <TextField form={form} name="note" label="Note" optional />
        <FormActions form={form} save="Save">
          <Button onClick={onClose}>Cancel</Button>
        </FormActions>
      </Form>
    </Dialog>
  );
}

function DayFields({ form }: { form: FormState<Values> }) {
  return (
    <div class="form-grid">
      <TextField form={form} name="from" label="Day" type="date" />
      <TextField
        form={form}
        name="to"
        label="Last day"
        type="date"
        optional
        help="A sum for several days is spread over them, to the cent."
      />
    </div>
  );
}

function useEntryForm({ site, campaigns, row, onClose }: DialogProps): FormState<Values> {
  const [first] = campaigns;
  const of = first && campaigns.length === 1 ? first.id : site.id;
  return useForm<Values>({
    draft: row ? `spend:${of}:${row.day}:${row.source}` : `spend:${of}`,
    isWhole: row === null,
    initial: initialValues({ site, row, first }),
    fieldOf: { rows: "amount" },
    validate: entryErrors,
    submit: async (values) => {
      await putSiteSpend(site.id, entryRows(values, row));
      toast("The spend is saved.");
      onClose();
    },
  });
}

type Initial = Pick<DialogProps, "site" | "row"> & { first: DialogProps["campaigns"][number] | undefined };

function initialValues({ site, row, first }: Initial): Values {
  const campaignId = first?.id ?? "";
  if (row === null) {
    const currency = first?.currency ?? site.currency;
    return { campaignId, from: todayAt(site), to: "", amount: "", currency, note: "" };
  }
  const { minor, currency } = row.amount;
  const amount = moneyToInput(minor, currency);
  return { campaignId, from: row.day, to: "", amount, currency, note: row.note ?? "" };
}

function entryRows(values: Values, row: DialogProps["row"]): PutSiteSpendRequest["rows"] {
  const { campaignId: campaign, from, to, currency } = values;
  const amountMinor = parseMoney(values.amount, currency) ?? 0;
  const note = values.note.trim() || null;
  if (row) return [{ campaign, day: row.day, source: row.source, amountMinor, currency, note }];
  const spread = spreadSpend({ from, to: to || from, amountMinor, currency, note });
  return spread.map((part) => ({ ...part, campaign }));
}

function entryErrors({ from, to, amount, currency }: Values): Errors {
  const errors: Errors = {};
  if (!isDay(from)) errors.from = "Enter the day";
  else if (to !== "" && (!isDay(to) || to < from)) errors.to = "The last day must not come before the first";
  else if (to !== "" && countDays(from, to) > MAX_DAYS) errors.to = `At most ${MAX_DAYS} days at a time`;
  const refused = moneyError(amount, currency, "120.50");
  if (refused !== null) errors.amount = refused;
  return errors;
}

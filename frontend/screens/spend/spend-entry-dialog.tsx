import type { Campaign } from "#contract/campaigns.ts";
import type { Site } from "#contract/sites.ts";
import type { LedgerRow, PutSiteSpendRequest } from "#contract/spend.ts";
import { putSiteSpend } from "#frontend/api/spend.ts";
import { countDays, isDay } from "#frontend/format/day.ts";
import { moneyToInput, parseMoney } from "#frontend/format/money.ts";
import { currencyOptions } from "#frontend/format/zones.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Dialog } from "#frontend/parts/dialog.tsx";
import { Form, FormActions, SelectField, TextField } from "#frontend/parts/form.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import type { Errors, FormState } from "#frontend/parts/use-form.ts";
import { spreadSpend } from "#frontend/screens/campaign/spread-spend.ts";
import { todayAt } from "#frontend/state/workspace.ts";

const MAX_DAYS = 1_000;

type DialogProps = {
  site: Site;
  campaigns: readonly Campaign[];
  row: LedgerRow | null;
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
  return (
    <Dialog title={row ? `Change spend of ${row.campaign}` : "Add spend"} onClose={onClose}>
      <Form form={form} label="Spend">
        {!row && <PlaceFields form={form} campaigns={campaigns} />}
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

function PlaceFields({ form, campaigns }: { form: FormState<Values>; campaigns: readonly Campaign[] }) {
  return (
    <>
      <SelectField
        form={form}
        name="campaignId"
        label="Campaign"
        options={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
      />
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
    </>
  );
}

function useEntryForm({ site, campaigns, row, onClose }: DialogProps): FormState<Values> {
  return useForm<Values>({
    initial: row ? valuesOf(row) : emptyValues(site, campaigns[0]),
    fieldOf: { rows: "amount" },
    validate: entryErrors,
    submit: async (values) => {
      await putSiteSpend(site.id, entryRows(values, row));
      toast("The spend is saved.");
      onClose();
    },
  });
}

function valuesOf({ campaignId, day, amount, note }: LedgerRow): Values {
  const { minor, currency } = amount;
  return { campaignId, from: day, to: "", amount: moneyToInput(minor, currency), currency, note: note ?? "" };
}

function emptyValues(site: Site, first: Campaign | undefined): Values {
  const currency = first?.currency ?? site.currency;
  return { campaignId: first?.id ?? "", from: todayAt(site), to: "", amount: "", currency, note: "" };
}

function entryRows(values: Values, row: LedgerRow | null): PutSiteSpendRequest["rows"] {
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
  if (parseMoney(amount, currency) === null) errors.amount = `Enter an amount in ${currency}, like 120.50`;
  return errors;
}

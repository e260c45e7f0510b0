import type { Campaign, PutSpendRequest, SpendRow } from "#contract/campaigns.ts";
import type { Site } from "#contract/sites.ts";
import { putSpend } from "#frontend/api/campaigns.ts";
import { countDays, isDay } from "#frontend/format/day.ts";
import { moneyToInput, parseMoney } from "#frontend/format/money.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Dialog } from "#frontend/parts/dialog.tsx";
import { Form, FormActions, TextField } from "#frontend/parts/form.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import type { Errors, FormState } from "#frontend/parts/use-form.ts";
import { todayAt } from "#frontend/state/workspace.ts";
import { spreadSpend } from "./spread-spend.ts";

const MAX_DAYS = 1_000;

type DialogProps = { campaign: Campaign; site: Site; row: SpendRow | null; onClose: () => void };
type Values = { from: string; to: string; amount: string; note: string };

/** Adds spend of a day, or of several as a lump sum; or changes one row. */
export function SpendDialog(props: DialogProps) {
  const { campaign, row, onClose } = props;
  const form = useSpendForm(props);
  return (
    <Dialog title={row ? "Change spend" : "Add spend"} onClose={onClose}>
      <Form form={form} label="Spend">
        {!row && <DayFields form={form} />}
        <TextField
          form={form}
          name="amount"
          label="Amount"
          prefix={row?.amount.currency ?? campaign.currency}
          inputmode="decimal"
          help="0 is a figure too: it says the day cost nothing."
        />
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

function useSpendForm({ campaign, site, row, onClose }: DialogProps): FormState<Values> {
  const currency = row?.amount.currency ?? campaign.currency;
  const amount = moneyToInput(row?.amount.minor ?? null, currency);
  return useForm<Values>({
    initial: { from: row?.day ?? todayAt(site), to: "", amount, note: row?.note ?? "" },
    fieldOf: { rows: "amount" },
    validate: (values) => spendErrors(values, currency),
    submit: async (values) => {
      await putSpend(campaign, { rows: spendRows(values, row, currency) });
      toast("The spend is saved.");
      onClose();
    },
  });
}

function spendRows(values: Values, row: SpendRow | null, currency: string): PutSpendRequest["rows"] {
  const amountMinor = parseMoney(values.amount, currency) ?? 0;
  const note = values.note.trim() || null;
  if (row) return [{ day: row.day, source: row.source, amountMinor, currency, note }];
  return spreadSpend({ from: values.from, to: values.to || values.from, amountMinor, currency, note });
}

function spendErrors({ from, to, amount }: Values, currency: string): Errors {
  const errors: Errors = {};
  if (!isDay(from)) errors.from = "Enter the day";
  else if (to !== "" && (!isDay(to) || to < from)) errors.to = "The last day must not come before the first";
  else if (to !== "" && countDays(from, to) > MAX_DAYS) errors.to = `At most ${MAX_DAYS} days at a time`;
  if (parseMoney(amount, currency) === null) errors.amount = `Enter an amount in ${currency}, like 120.50`;
  return errors;
}

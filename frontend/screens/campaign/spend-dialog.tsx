import type { Campaign, SpendRow } from "#contract/campaigns.ts";
import type { Site } from "#contract/sites.ts";
import { putSpend } from "#frontend/api/campaigns.ts";
import { countDays, isDay } from "#frontend/format/day.ts";
import { moneyToInput, parseMoney } from "#frontend/format/money.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Dialog } from "#frontend/parts/dialog.tsx";
import { Form, FormActions, TextField } from "#frontend/parts/form.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import type { Errors } from "#frontend/parts/use-form.ts";
import { todayAt } from "#frontend/state/workspace.ts";
import { spreadSpend } from "./spread-spend.ts";

const MAX_DAYS = 1_000;

type DialogProps = { campaign: Campaign; site: Site; row: SpendRow | null; onClose: () => void };
type Values = { from: string; to: string; amount: string; note: string };

/** Adds spend of a day, or of several as a lump sum; or changes one row. */
export function SpendDialog({ campaign, site, row, onClose }: DialogProps) {
  const currency = row?.amount.currency ?? campaign.currency;
  const today = todayAt(site);
  const form = useForm<Values>({
    initial: {
      from: row?.day ?? today,
      to: "",
      amount: moneyToInput(row?.amount.minor ?? null, currency),
      note: row?.note ?? "",
    },
    fieldOf: { rows: "amount" },
    validate: (values) => spendErrors(values, currency),
    submit: async (values) => {
      const amountMinor = parseMoney(values.amount, currency) ?? 0;
      const note = values.note.trim() || null;
      const lump = { from: values.from, to: values.to || values.from, amountMinor, currency, note };
      const rows = row
        ? [{ day: row.day, source: row.source, amountMinor, currency, note }]
        : spreadSpend(lump);
      await putSpend(campaign, { rows });
      toast("The spend is saved.");
      onClose();
    },
  });
  return (
    <Dialog title={row ? "Change spend" : "Add spend"} onClose={onClose}>
      <Form form={form} label="Spend">
        {!row && (
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
        )}
        <TextField
          form={form}
          name="amount"
          label="Amount"
          prefix={currency}
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

function spendErrors({ from, to, amount }: Values, currency: string): Errors {
  const errors: Errors = {};
  if (!isDay(from)) errors.from = "Enter the day";
  else if (to !== "" && (!isDay(to) || to < from)) errors.to = "The last day must not come before the first";
  else if (to !== "" && countDays(from, to) > MAX_DAYS) errors.to = `At most ${MAX_DAYS} days at a time`;
  if (parseMoney(amount, currency) === null) errors.amount = `Enter an amount in ${currency}, like 120.50`;
  return errors;
}

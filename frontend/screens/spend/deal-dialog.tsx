import type { Campaign } from "#contract/campaigns.ts";
import type { Deal, DealRequest } from "#contract/deals.ts";
import type { Site } from "#contract/sites.ts";
import { DEAL_KINDS, type DealKind } from "#core/spend/deal.ts";
import { dealDays, isDayWithin, type DayBounds } from "#core/spend/spend-days.ts";
import { saveDeal } from "#frontend/api/spend.ts";
import { formatDay } from "#frontend/format/date.ts";
import { isDay } from "#frontend/format/day.ts";
import { moneyError, moneyToInput, parseMoney } from "#frontend/format/typed-money.ts";
import { parsePercent, percentToInput } from "#frontend/format/percent.ts";
import { currencyOptions } from "#frontend/format/zones.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Dialog } from "#frontend/parts/dialog.tsx";
import { Form, FormActions, SelectField, TextField } from "#frontend/parts/form.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import type { Errors, FormState } from "#frontend/parts/use-form.ts";
import { todayAt } from "#frontend/state/workspace.ts";
import { DEAL_WORDS } from "./spend-words.ts";

type DialogProps = { site: Site; campaigns: readonly Campaign[]; deal: Deal | null; onClose: () => void };
type Values = {
  campaignId: string;
  kind: DealKind;
  amount: string;
  share: string;
  currency: string;
  startsOn: string;
  endsOn: string;
  note: string;
};

const KINDS = DEAL_KINDS.map((value) => ({ value, label: DEAL_WORDS[value].label }));

/** Makes a deal, or changes one: then its past days follow the new terms, too. */
export function DealDialog(props: DialogProps) {
  const { campaigns, deal, onClose } = props;
  const form = useDealForm(props);
  const { kind } = form.values;
  return (
    <Dialog title={deal ? "Change deal" : "Add deal"} onClose={onClose}>
      <Form form={form} label="Deal">
        {!deal && (
          <SelectField
            form={form}
            name="campaignId"
            label="Campaign"
            options={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <SelectField
          form={form}
          name="kind"
          label="Paid by"
          options={KINDS}
          help={DEAL_WORDS[kind].explanation}
        />
        {kind === "revenue_share" ? (
          <TextField form={form} name="share" label="Share of revenue" prefix="%" inputmode="decimal" />
        ) : (
          <PriceFields form={form} />
        )}
        <div class="form-grid">
          <TextField form={form} name="startsOn" label="First day" type="date" />
          <TextField
            form={form}
            name="endsOn"
            label="Last day"
            type="date"
            optional={kind !== "fixed"}
            help={kind === "fixed" ? "The sum is spread up to and with this day." : "Empty: it runs on."}
          />
        </div>
        <TextField form={form} name="note" label="Note" optional placeholder="Order 4711" />
        <FormActions form={form} save="Save">
          <Button onClick={onClose}>Cancel</Button>
        </FormActions>
      </Form>
    </Dialog>
  );
}

function PriceFields({ form }: { form: FormState<Values> }) {
  const { kind, currency } = form.values;
  return (
    <div class="form-grid">
      <TextField
        form={form}
        name="amount"
        label={kind === "fixed" ? "Sum" : "Price"}
        prefix={currency}
        inputmode="decimal"
        help={DEAL_WORDS[kind].unit}
      />
      <SelectField form={form} name="currency" label="Currency" options={currencyOptions(currency)} />
    </div>
  );
}

function useDealForm({ site, campaigns, deal, onClose }: DialogProps): FormState<Values> {
  return useForm<Values>({
    draft: `deal:${deal?.id ?? site.id}`,
    isWhole: deal === null,
    initial: deal ? valuesOf(deal) : emptyValues(site, campaigns[0]),
    fieldOf: { amountMinor: "amount", sharePercent: "share" },
    validate: (values) => dealErrors(values, dealDays(todayAt(site))),
    submit: async (values) => {
      const place = { siteId: site.id, campaignId: values.campaignId, dealId: deal?.id ?? null };
      await saveDeal(place, dealRequest(values));
      toast("The deal is saved.");
      onClose();
    },
  });
}

function valuesOf({
  campaignId,
  kind,
  amount,
  sharePercent,
  currency,
  startsOn,
  endsOn,
  note,
}: Deal): Values {
  return {
    campaignId,
    kind,
    amount: moneyToInput(amount?.minor ?? null, currency),
    share: percentToInput(sharePercent),
    currency,
    startsOn,
    endsOn: endsOn ?? "",
    note: note ?? "",
  };
}

function emptyValues(site: Site, first: Campaign | undefined): Values {
  const currency = first?.currency ?? site.currency;
  const place = { campaignId: first?.id ?? "", startsOn: todayAt(site), endsOn: "" };
  return { ...place, kind: "cpc", amount: "", share: "", currency, note: "" };
}

function dealRequest(values: Values): DealRequest {
  const { kind, startsOn, endsOn, currency, note } = values;
  const share = parsePercent(values.share);
  const amountMinor = parseMoney(values.amount, currency);
  return {
    kind,
    startsOn,
    endsOn: endsOn || null,
    note: note.trim() || null,
    ...(kind === "revenue_share"
      ? share !== null && { sharePercent: share }
      : { currency, ...(amountMinor === null ? {} : { amountMinor }) }),
  };
}

function dealErrors(values: Values, days: DayBounds): Errors {
  const { kind, currency } = values;
  const errors: Errors = dayErrors(values, days);
  if (kind === "revenue_share") {
    if (parsePercent(values.share) === null) errors.share = "Enter a per cent up to 100, like 12.5";
  } else {
    const refused = moneyError(values.amount, currency, "0.45");
    if (refused !== null) errors.amount = refused;
  }
  return errors;
}

function dayErrors({ kind, startsOn, endsOn }: Values, days: DayBounds): Errors {
  const errors: Errors = {};
  const outside = `A deal runs between ${days.first.slice(0, 4)} and ${formatDay(days.last)}`;
  if (!isDay(startsOn)) errors.startsOn = "Enter the first day";
  else if (!isDayWithin(startsOn, days)) errors.startsOn = outside;
  if (endsOn === "") {
    if (kind === "fixed") errors.endsOn = "Enter the last day: the sum is spread up to it";
  } else if (!isDay(endsOn) || endsOn < startsOn) {
    errors.endsOn = "The last day must not come before the first";
  } else if (!isDayWithin(endsOn, days)) errors.endsOn = outside;
  return errors;
}

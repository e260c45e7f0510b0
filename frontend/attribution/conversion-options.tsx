import type { ConversionTypes } from "#contract/attribution.ts";
import { paths } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { formatCount } from "#frontend/format/number.ts";
import { SelectInput } from "#frontend/parts/field.tsx";
import type { Option } from "#frontend/parts/field.tsx";
import { useSite } from "#frontend/state/use-site.ts";
import { useAttributionView } from "./attribution-view.ts";
import type { Switches } from "./attribution-view.ts";
import { CUSTOMER_CHOICES } from "./option-words.ts";

type OptionsProps = { switches: Switches; onSwitch: (change: Partial<Switches>) => void };

/** Of which conversions the figures are: whose, and of what type. */
export function ConversionOptions({ switches, onSwitch }: OptionsProps) {
  const site = useSite();
  const { from, to } = useAttributionView(site).ask;
  const types = useResource<ConversionTypes>(paths.conversionTypes(site.id, { from, to }));
  const { conversionType, customer } = switches;
  return (
    <section class="options-part">
      <h2>Which conversions</h2>
      <SelectInput
        id="option-customer"
        label="Customers"
        value={customer ?? ""}
        options={CUSTOMER_CHOICES}
        onValue={(value) => onSwitch({ customer: value === "new" || value === "returning" ? value : null })}
      />
      <SelectInput
        id="option-type"
        label="Type of conversion"
        value={conversionType ?? ""}
        options={typeOptions(types.value, conversionType)}
        error={types.problem ? "The types did not arrive: choose among them later." : undefined}
        help={typesHelp(types.value)}
        onValue={(value) => onSwitch({ conversionType: value || null })}
      />
    </section>
  );
}

/** What is chosen stays among them, also on days that have none of it. */
function typeOptions(types: ConversionTypes | undefined, chosen: string | null): Option[] {
  const items = types?.items ?? [];
  const isListed = chosen === null || items.some(({ type }) => type === chosen);
  return [
    { value: "", label: "All conversions" },
    ...(isListed ? [] : [{ value: chosen, label: chosen }]),
    ...items.map(({ type, conversions }) => ({
      value: type,
      label: `${type} (${formatCount(conversions)})`,
    })),
  ];
}

function typesHelp(types: ConversionTypes | undefined): string {
  return types?.isWhole === false
    ? "As your site sends it, with how many of the latest 100,000 conversions."
    : "As your site sends it, with how many on these days.";
}

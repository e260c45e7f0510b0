import { IMPORT_FIELDS, type ImportField } from "#core/spend-import/columns.ts";
import { SelectInput, TextInput } from "#frontend/parts/field.tsx";
import { formatsOf, type ImportChoices } from "./import-choices.ts";

type ColumnsProps = { choices: ImportChoices; onChoices: (choices: ImportChoices) => void };

const LABELS: Readonly<Record<ImportField, { label: string; none: string }>> = {
  day: { label: "Day", none: "Choose a column" },
  campaign: { label: "Campaign", none: "Choose a column" },
  amount: { label: "Amount", none: "Choose a column" },
  currency: { label: "Currency", none: "As told, else the campaign's" },
  source: { label: "Source", none: "The same for all" },
  note: { label: "Note", none: "None" },
};

/** Which column holds what, and how days and amounts are written. */
export function ImportColumns({ choices, onChoices }: ColumnsProps) {
  const { table, mapping } = choices;
  const [headings = [], ...rows] = table;
  const columns = headings.map((heading, at) => ({
    value: String(at),
    label: heading || `Column ${at + 1}`,
  }));
  const choose = (field: ImportField, value: string) => {
    const next = { ...mapping, [field]: value === "" ? null : Number(value) };
    onChoices({ ...choices, mapping: next, ...formatsOf(rows, next) });
  };
  return (
    <fieldset>
      <legend class="spend-legend">Columns</legend>
      <div class="spend-columns">
        {IMPORT_FIELDS.map((field) => (
          <SelectInput
            key={field}
            id={`import-${field}`}
            label={LABELS[field].label}
            value={String(mapping[field] ?? "")}
            options={[{ value: "", label: LABELS[field].none }, ...columns]}
            onValue={(value) => choose(field, value)}
          />
        ))}
        <Formats choices={choices} onChoices={onChoices} />
      </div>
    </fieldset>
  );
}

const ORDERS = [
  { value: "dmy", label: "Day first: 31/12/2026" },
  { value: "mdy", label: "Month first: 12/31/2026" },
];
const MARKS = [
  { value: ".", label: "Point: 1,234.56" },
  { value: ",", label: "Comma: 1.234,56" },
];

function Formats({ choices, onChoices }: ColumnsProps) {
  return (
    <>
      <SelectInput
        id="import-order"
        label="Days are written"
        value={choices.dayOrder}
        options={ORDERS}
        onValue={(value) => onChoices({ ...choices, dayOrder: value === "mdy" ? "mdy" : "dmy" })}
      />
      <SelectInput
        id="import-mark"
        label="Decimal mark"
        value={choices.decimalMark}
        options={MARKS}
        onValue={(value) => onChoices({ ...choices, decimalMark: value === "," ? "," : "." })}
      />
      {choices.mapping.source === null && (
        <TextInput
          id="import-source"
          label="Source of all rows"
          value={choices.source}
          help="A later import under the same source replaces these rows."
          onValue={(source) => onChoices({ ...choices, source })}
        />
      )}
    </>
  );
}

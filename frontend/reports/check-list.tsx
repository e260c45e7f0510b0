import "./content-fields.css";

import { Icon } from "#frontend/parts/icon.tsx";

type Entry = { value: string; label: string; line?: string };

type CheckListProps = {
  id: string;
  legend: string;
  entries: readonly Entry[];
  chosen: readonly string[];
  onChosen: (chosen: string[]) => void;
  error?: string | undefined;
  help?: string;
  /** Two or more beside each other where there is room. */
  isInline?: boolean;
};

/** Any of a few; the chosen ones in the order of the list. */
export function CheckList(props: CheckListProps) {
  const { id, legend, entries, chosen, onChosen, error, help, isInline } = props;
  const toggle = (value: string, on: boolean) =>
    onChosen(
      entries.map((entry) => entry.value).filter((entry) => (entry === value ? on : chosen.includes(entry))),
    );
  return (
    <fieldset class="field" id={id} tabIndex={-1}>
      <legend class="field-label content-legend">{legend}</legend>
      <div class={isInline ? "check-list check-list-inline" : "check-list"}>
        {entries.map(({ value, label, line }) => (
          <label key={value} class="check check-entry">
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={(event) => toggle(value, event.currentTarget.checked)}
            />
            <span class="check-text">
              <span>{label}</span>
              {line && <span class="field-help">{line}</span>}
            </span>
          </label>
        ))}
      </div>
      {error && (
        <p class="field-error">
          <Icon name="danger" size={16} />
          {error}
        </p>
      )}
      {help && <div class="field-help">{help}</div>}
    </fieldset>
  );
}

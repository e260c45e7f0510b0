import "./filter-chips.css";

import { Icon } from "./icon.tsx";

export type Chip = { key: string; label: string; value: string; onRemove: () => void };

/** The filters in force; each goes away with one press. */
export function FilterChips({ chips }: { chips: readonly Chip[] }) {
  if (chips.length === 0) return null;
  return (
    <ul class="chips" aria-label="Filters in force">
      {chips.map((chip) => (
        <li key={chip.key} class="chip">
          <span>
            {chip.label}: <strong>{chip.value}</strong>
          </span>
          <button
            type="button"
            aria-label={`Remove filter ${chip.label}: ${chip.value}`}
            onClick={chip.onRemove}
          >
            <Icon name="close" size={14} />
          </button>
        </li>
      ))}
    </ul>
  );
}

import { FilterChips } from "#frontend/parts/filter-chips.tsx";
import type { Chip } from "#frontend/parts/filter-chips.tsx";
import { useQuery } from "#frontend/state/use-query.ts";
import { EVENT_TYPE_OPTIONS } from "./event-words.ts";

const VERDICTS = [
  { value: "", label: "All verdicts" },
  { value: "stored", label: "Stored" },
  { value: "bot", label: "Bot, kept apart" },
];

/** Type and verdict; what is chosen is in the URL. */
export function LogFilters() {
  const [query, setQuery] = useQuery();
  const filters = [
    { key: "type", label: "Type", options: EVENT_TYPE_OPTIONS },
    { key: "verdict", label: "Verdict", options: VERDICTS },
  ];
  const chips = filters.flatMap(({ key, label, options }): Chip[] => {
    const value = options.find((option) => option.value !== "" && option.value === query[key]);
    return value ? [{ key, label, value: value.label, onRemove: () => setQuery({ [key]: null }, true) }] : [];
  });
  return (
    <div class="log-filters">
      {filters.map(({ key, label, options }) => (
        <select
          key={key}
          class="input select"
          style={{ fontWeight: 400 }}
          aria-label={label}
          value={query[key] ?? ""}
          onChange={(event) => setQuery({ [key]: event.currentTarget.value || null }, true)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ))}
      <FilterChips chips={chips} />
    </div>
  );
}

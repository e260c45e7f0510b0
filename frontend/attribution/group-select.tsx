import "./group-select.css";

import type { Grouping } from "#core/attribution/grouping.ts";
import { useQuery } from "#frontend/state/use-query.ts";
import { GROUPING_OPTIONS } from "./grouping-words.ts";

/** What credit is summed by. */
export function GroupSelect({ by }: { by: Grouping }) {
  const [, setQuery] = useQuery();
  return (
    <label class="group-select">
      <span>By</span>
      <select
        class="input select"
        value={by}
        aria-label="Group by"
        onChange={({ currentTarget: { value } }) =>
          setQuery({ by: value === "campaign" ? null : value, highlight: null }, true)
        }
      >
        {GROUPING_OPTIONS.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

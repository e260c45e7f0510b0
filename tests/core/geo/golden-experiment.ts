import type { GeoExperiment } from "#core/geo/geo-experiment.ts";
import { groupRows } from "#core/lists/group-rows.ts";
import { goldenRows } from "#tests/support/golden-files.ts";

/** The first day of the golden test. */
const START = 56;

/** `geo_daily.csv`: whoever was treated, what each geo sold and what the test cost there. */
export function goldenExperiment(): GeoExperiment {
  const geos = groupRows(goldenRows("geo_daily.csv"), ([geo = ""]) => geo);
  return {
    daysBefore: START,
    geos: [...geos].map(([name, rows]) => ({
      name,
      isTreated: rows[0]?.[2] === "treatment",
      revenue: Float64Array.from(rows, (row) => Number(row[3])),
      cost: rows.reduce((sum, row) => sum + Number(row[4]), 0),
    })),
  };
}

import type { AttributionModel } from "#contract/attribution.ts";
import type { GroupKind } from "#contract/glass-box.ts";
import { MODELS } from "#core/attribution/models.ts";

export type FigureAsked = {
  model: AttributionModel;
  kind: GroupKind;
  key: string | null;
  order: "time" | "value";
};

const KINDS: readonly GroupKind[] = ["group", "other", "none", "unattributed"];

/** The figure that the address names. A key without a kind is a group. */
export function readFigureAsked(query: Readonly<Record<string, string>>): FigureAsked {
  const kind = KINDS.find((known) => known === query.kind) ?? (query.key ? "group" : "unattributed");
  return {
    model: MODELS.find((known) => known === query.under) ?? "last",
    kind,
    key: kind === "group" ? (query.key ?? null) : null,
    order: query.order_by === "value" ? "value" : "time",
  };
}

/** What names a figure and the view it was opened from, to be carried on to a journey and back. */
export function figureQuery(query: Readonly<Record<string, string>>): Record<string, string | null> {
  const names = ["under", "kind", "key", "by", "figure", "models"];
  return Object.fromEntries(names.map((name) => [name, query[name] ?? null]));
}

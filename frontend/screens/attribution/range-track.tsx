import { modelWords } from "#frontend/attribution/model-words.ts";
import { tipHandlers } from "#frontend/parts/tooltip.tsx";
import { placeOf } from "./range-scale.ts";
import type { ModelPoint, Scale } from "./range-scale.ts";

type TrackProps = {
  scale: Scale;
  spread: { low: number; high: number } | null;
  points: readonly ModelPoint[];
  colour: string;
  small?: boolean;
  /** Words for a point under the pointer; without them the whole is explained elsewhere. */
  tipOf?: (point: ModelPoint) => string;
};

/** A bar from the lowest to the highest model, and a dot for each model that is shown. */
export function RangeTrack({ scale, spread, points, colour, small, tipOf }: TrackProps) {
  const at = (value: number) => `${placeOf(value, scale)}%`;
  return (
    <span class={small ? "track track-small" : "track"} style={{ "--colour": colour }} aria-hidden="true">
      {spread && (
        <span
          class="track-bar"
          style={{
            insetInlineStart: at(spread.low),
            width: `${placeOf(spread.high, scale) - placeOf(spread.low, scale)}%`,
          }}
        />
      )}
      {points.map((point) => (
        <span
          key={point.model}
          class="track-dot"
          data-model={modelWords(point.model).label}
          style={{ insetInlineStart: at(point.value) }}
          {...(tipOf ? tipHandlers(tipOf(point)) : {})}
        />
      ))}
    </span>
  );
}

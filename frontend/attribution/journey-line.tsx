import "./journey-line.css";

import { channelColour } from "#frontend/format/channel.ts";
import { formatMinute } from "#frontend/format/date.ts";
import { tipHandlers } from "#frontend/parts/tooltip.tsx";
import { lineSentence, pointWords, shareText } from "./journey-line-words.ts";
import type { LinePoint } from "./journey-line-words.ts";
import { journeyPlaces } from "./journey-places.ts";

type LineProps = { points: readonly LinePoint[]; endsAt: string; zone: string; isRefund?: boolean };

/** More labels than this would run into each other. */
const MOST_LABELS = 6;
/** On a phone there is room for fewer. */
const FEW = 3;

/** Touches as dots in the colours of their channels, with their share; hollow where they do not count; then the conversion. */
export function JourneyLine({ points, endsAt, zone, isRefund }: LineProps) {
  const places = journeyPlaces(
    points.map(({ at }) => Date.parse(at)),
    Date.parse(endsAt),
  );
  const isLabelled = points.length <= MOST_LABELS;
  return (
    <div
      class={points.length > FEW ? "jline jline-many" : "jline"}
      role="img"
      aria-label={lineSentence(points)}
    >
      {points.map((point, index) => (
        <span
          key={index}
          class="jline-point"
          style={{
            insetInlineStart: `${Math.round((places[index] ?? 0) * 1_000) / 10}%`,
            "--colour": channelColour(point.channel),
          }}
        >
          <span
            class={dotLook(point)}
            {...tipHandlers(`${formatMinute(point.at, zone)}: ${pointWords(point)}`)}
          />
          {isLabelled && point.share !== null && <span class="jline-share">{shareText(point.share)}</span>}
        </span>
      ))}
      <span
        class={isRefund ? "jline-end jline-refund" : "jline-end"}
        {...tipHandlers(`${formatMinute(endsAt, zone)}: ${isRefund ? "refund" : "conversion"}`)}
      />
    </div>
  );
}

function dotLook({ exclusion, isOwn }: LinePoint): string {
  return `jline-dot${exclusion ? " jline-out" : ""}${isOwn && !exclusion ? " jline-own" : ""}`;
}

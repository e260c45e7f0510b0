import "./journey-line.css";

import type { Exclusion } from "#contract/glass-box.ts";
import { channelColour, channelLabel } from "#frontend/format/channel.ts";
import { formatMinute } from "#frontend/format/date.ts";
import { formatShare } from "#frontend/format/number.ts";
import { tipHandlers } from "#frontend/parts/tooltip.tsx";
import { exclusionWords } from "./exclusion-words.ts";
import { journeyPlaces } from "./journey-places.ts";

/** A touch as the line shows it. `share`: 0..1 of the conversion, null where it is not shared out. */
export type LinePoint = {
  at: string;
  channel: string;
  name: string;
  share: number | null;
  exclusion: Exclusion | null;
  isOwn?: boolean;
};

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

/** "Autumn sale (Paid Social) 33.3%", or why it gets nothing. */
export function pointWords({ channel, name, share, exclusion }: LinePoint): string {
  const what = name === channelLabel(channel) ? name : `${name} (${channelLabel(channel)})`;
  if (exclusion) return `${what}, does not count: ${exclusionWords(exclusion).short}`;
  return share === null ? what : `${what} ${shareText(share)}`;
}

/** What the picture says, for those who do not see it. */
export function lineSentence(points: readonly LinePoint[]): string {
  if (points.length === 0) return "No touch before the conversion.";
  const touches = points.length === 1 ? "1 touch" : `${points.length} touches`;
  return `${touches}: ${points.map(pointWords).join("; ")}.`;
}

/** Whole percents read as whole. */
export function shareText(share: number): string {
  const percent = share * 100;
  return Math.abs(percent - Math.round(percent)) < 1e-6 ? `${Math.round(percent)}%` : formatShare(share);
}

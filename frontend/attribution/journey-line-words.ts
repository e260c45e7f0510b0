import type { Exclusion } from "#contract/glass-box.ts";
import { channelLabel } from "#frontend/format/channel.ts";
import { formatShare } from "#frontend/format/number.ts";
import { exclusionWords } from "./exclusion-words.ts";

/** A touch as the line shows it. `share`: 0..1 of the conversion, null where it is not shared out. */
export type LinePoint = {
  at: string;
  channel: string;
  name: string;
  share: number | null;
  exclusion: Exclusion | null;
  isOwn?: boolean;
};

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

/** What an event opens, kept in `events.opens`: what sessionisation in SQL goes by (decisions 16). */
export const OPENS = {
  /** Nothing: inside the site, or no contact at all. */
  nothing: 0,
  /** A session without a source, when it begins a stretch of activity. */
  direct: 1,
  /** A session with this source, when the source differs from the running one. */
  source: 2,
  /** A touchpoint of its own, always: a campaign contact that names its channel or campaign. */
  own: 3,
} as const;

export type Opens = (typeof OPENS)[keyof typeof OPENS];

const ROTATION_OVERLAP_MS = 30 * 60_000;
const DAY_MS = 86_400_000;

export type VisitorFacts = { siteId: number; ip: string; userAgent: string };

/** What the cookieless visitor hash is taken over, after the day's salt. The parts cannot run into each other. */
export function visitorHashInput({ siteId, ip, userAgent }: VisitorFacts): string {
  return JSON.stringify([siteId, ip, userAgent]);
}

/**
 * Whether the salt changed less than 30 minutes ago: then yesterday's hash is sent too, so that a session which
 * crosses UTC midnight stays one (decisions 13).
 */
export function isJustAfterRotation(receivedAtMs: number): boolean {
  return receivedAtMs % DAY_MS < ROTATION_OVERLAP_MS;
}

import type { Settings } from "#usecases/deps.ts";

/** The page of a shared report. The token is in the path, so that no program takes it for a tracking parameter. */
export function shareUrl({ appOrigin }: Settings, token: string): string {
  return `${appOrigin}/shared/${token}`;
}

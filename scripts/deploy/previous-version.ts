import type { Deployment } from "./cloudflare.ts";

/** The version that has all the traffic, or the newer one of two that share it; null when nothing is deployed. */
export function currentVersion(deployments: readonly Deployment[]): string | null {
  const last = deployments.at(-1)?.versions ?? [];
  if (last.length <= 1) return last[0]?.version_id ?? null;
  const before = wholeBefore(deployments, deployments.length - 1);
  return last.find(({ version_id: id }) => id !== before)?.version_id ?? null;
}

/**
 * The version to go back to: the last one before the current one that had all the traffic. While two share it, that is the
 * older one. Null when there is none.
 */
export function previousVersion(deployments: readonly Deployment[]): string | null {
  const current = currentVersion(deployments);
  for (let at = deployments.length - 1; at >= 0; at -= 1) {
    const whole = wholeOf(deployments[at]);
    if (whole !== null && whole !== current) return whole;
  }
  return null;
}

function wholeBefore(deployments: readonly Deployment[], index: number): string | null {
  for (let at = index - 1; at >= 0; at -= 1) {
    const whole = wholeOf(deployments[at]);
    if (whole !== null) return whole;
  }
  return null;
}

function wholeOf(deployment: Deployment | undefined): string | null {
  const [only, other] = deployment?.versions ?? [];
  return only !== undefined && other === undefined ? only.version_id : null;
}

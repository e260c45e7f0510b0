import { browserFamily } from "./browser-family.ts";
import { deviceClass, type DeviceClass } from "./device-class.ts";
import { osFamily } from "./os-family.ts";

export type AgentDescription = { browser: string; os: string; device: DeviceClass };

/** Longer user agents are cut: no mark of a family stands that far behind, and patterns take time by length. */
const MAX_USER_AGENT = 512;

/** What is kept of a user agent: three families. The text itself, nearly a fingerprint, is not kept. */
export function describeAgent(userAgent: string): AgentDescription {
  const bounded = userAgent.slice(0, MAX_USER_AGENT);
  return { browser: browserFamily(bounded), os: osFamily(bounded), device: deviceClass(bounded) };
}

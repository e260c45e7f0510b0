import type { PixelEvent } from "#contract/collect.ts";

import { choose, optOut, type Consent } from "./device.ts";
import { record, viewPage } from "./page-views.ts";

type Props = PixelEvent["props"];
export type Command =
  | [command: "pageview" | "optOut", first: never, props: never]
  | [command: "conversion", first: Extract<PixelEvent, { type: "conversion" }>["conversion"], props: Props]
  | [command: "event", first: string, props: Props]
  | [command: "identify", first: string, props: never]
  | [command: "consent", first: Consent, props: never];

/** Does what `waymark(command, …)` says. An unknown command does nothing. */
export const obey = ([type, first, props]: Command): void => {
  if (type === "pageview") viewPage(1);
  if (type === "conversion") record({ type, conversion: first, props });
  if (type === "event") record({ type: "custom", name: first, props });
  if (type === "identify") record({ type, customer: first });
  if (type === "consent") {
    record({ type, state: first });
    choose(first);
  }
  if (type === "optOut") optOut();
};

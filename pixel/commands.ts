import type { PixelEvent } from "#contract/collect.ts";

import { decide, optOut, type Consent } from "./device.ts";
import { record, viewPage } from "./page-views.ts";

type Props = PixelEvent["props"];
type Conversion = Extract<PixelEvent, { type: "conversion" }>["conversion"];

/** The words of `waymark(command, …)`. An unknown one does nothing. */
const commands: Record<string, (first: never, second: never) => void> = {
  pageview: () => viewPage(1),
  conversion: (conversion: Conversion, props: Props) => record({ type: "conversion", conversion, props }),
  event: (name: string, props: Props) => record({ type: "custom", name, props }),
  identify: (customer: string) => record({ type: "identify", customer }),
  consent: (state: Consent) => {
    decide(state);
    record({ type: "consent", state });
  },
  optOut,
};

export function obey([command, first, second]: Iterable<unknown>): void {
  commands[command as string]?.(first as never, second as never);
}

import type { PixelEvent } from "#contract/collect.ts";

import { decide, optOut, type Consent } from "./device.ts";
import { record, viewPage } from "./page-views.ts";

type Props = PixelEvent["props"];
type ConversionFields = Extract<PixelEvent, { type: "conversion" }>["conversion"] & { props?: Props };

/** The words of `waymark(command, …)`. An unknown one does nothing. */
const commands: Record<string, (first: never, second: never) => void> = {
  pageview: () => viewPage(true),
  conversion: (conversion: ConversionFields) =>
    record({ type: "conversion", conversion, props: conversion?.props }),
  event: (name: string, props: Props) => record({ type: "custom", name, props }),
  identify: (customer: string) => record({ type: "identify", customer }),
  consent: (state: Consent) => {
    decide(state);
    record({ type: "consent", state });
  },
  optOut,
};

export function obey([command, first, second]: ArrayLike<unknown> & Iterable<unknown>): void {
  commands[command as string]?.(first as never, second as never);
}

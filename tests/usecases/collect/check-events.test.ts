import { describe, expect, it } from "vitest";

import { parseImportedEvent, parsePixelEvent } from "#contract/parse-event.ts";
import { webCryptoHash } from "#platform/keyed-hash.ts";
import { eventId } from "#tests/support/messages.ts";
import type { CollectDeps } from "#usecases/collect/collect-deps.ts";
import { checkEvents } from "#usecases/collect/check-events.ts";

const NOW = Date.parse("2026-11-30T12:00:00.000Z");

async function check(rawEvents: readonly unknown[], parseEvent: CollectDeps["parseEvent"] = parsePixelEvent) {
  const site = { siteId: 7, identifyKey: "0b".repeat(32), currency: "KWD" };
  return await checkEvents({ parseEvent, hash: webCryptoHash }, { site, receivedAtMs: NOW, rawEvents });
}

const conversion = (given: Record<string, unknown>) => ({
  id: eventId(NOW),
  at: NOW,
  type: "conversion",
  conversion: given,
});
const refund = (given: Record<string, unknown>) => ({
  id: eventId(NOW),
  at: NOW,
  type: "refund",
  refund: { orderId: "A-1", ...given },
});

describe("a currency", () => {
  it("may be every one that a site may have, in either case, and that of shops which have not changed yet", async () => {
    const codes = [...Intl.supportedValuesOf("currency"), "HRK"];
    const sent = codes.flatMap((code) => [code, code.toLowerCase()]);
    const { events, rejected } = await check(sent.map((currency) => conversion({ value: "1", currency })));
    expect(rejected).toEqual([]);
    expect(events.map((event) => event.conversion?.currency)).toEqual(codes.flatMap((code) => [code, code]));
  });

  it.each(["XXQ", "qqq", "XXX", "€", "EURO", " EUR"])(
    "may not be %j, from a page or in bulk",
    async (currency) => {
      const message = "conversion.currency: must be a currency of ISO 4217, such as EUR";
      for (const parse of [parsePixelEvent, parseImportedEvent]) {
        // oxlint-disable-next-line no-await-in-loop -- two
        const checked = await check(
          [conversion({ value: "1" }), conversion({ value: "1", currency })],
          parse,
        );
        expect(checked.events).toHaveLength(1);
        expect(checked.rejected).toEqual([{ index: 1, code: "invalid_currency", message }]);
      }
    },
  );

  it("may not be one of a refund either", async () => {
    const { rejected } = await check([refund({ currency: "QQQ" })], parseImportedEvent);
    const message = "refund.currency: must be a currency of ISO 4217, such as EUR";
    expect(rejected).toEqual([{ index: 0, code: "invalid_currency", message }]);
  });

  it("that is left empty is the site's", async () => {
    const { events } = await check([conversion({ value: "1", currency: "" }), conversion({})]);
    expect(events).toHaveLength(2);
  });
});

describe("an amount", () => {
  it.each<[string, Record<string, unknown>, string]>([
    ["of whole cents", { value: "999999999999999", currency: "EUR" }, "EUR"],
    ["in lower case", { value: "90071992547409.92", currency: "eur" }, "EUR"],
    ["as a number", { value: 1e18, currency: "JPY" }, "JPY"],
    ["in the site's currency", { value: "9007199254740.992" }, "KWD"],
    ["in the site's, left empty", { value: "9007199254740.992", currency: "" }, "KWD"],
  ])("%s may not be beyond what is counted exactly", async (_, given, currency) => {
    const message = `value: must be at most 9007199254740991 minor units of ${currency}`;
    const checked = await check([conversion(given)]);
    expect(checked.rejected).toEqual([{ index: 0, code: "invalid_value", message: `conversion.${message}` }]);

    const sent = currency === "KWD" ? { value: given["value"] } : given;
    const { rejected } = await check([conversion({}), refund(sent)], parseImportedEvent);
    expect(rejected).toEqual([{ index: 1, code: "invalid_value", message: `refund.${message}` }]);
  });

  it("may be as large as that", async () => {
    const { rejected } = await check([
      conversion({ value: "90071992547409.91", currency: "EUR" }),
      conversion({ value: "999999999999999", currency: "JPY" }),
      conversion({ value: "9007199254740.991" }),
      conversion({ value: 0 }),
      conversion({}),
    ]);
    expect(rejected).toEqual([]);
  });
});

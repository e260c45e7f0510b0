import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { fromHex, isUuid, makeUuidV7, toHex, uuidFromBytes, uuidV7TimeMs } from "#core/events/uuid-v7.ts";
import { systemIds } from "#platform/ids.ts";

const random = fc.uint8Array({ minLength: 10, maxLength: 16 });
const time = fc.integer({ min: 0, max: 2 ** 48 - 1 });

describe("makeUuidV7", () => {
  it("writes RFC 9562's own example", () => {
    const bytes = fromHex("0cc318c4dc0c0c07398f") ?? new Uint8Array();
    expect(makeUuidV7(0x017f22e279b0, bytes)).toBe("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  });

  it("gives back any time it was made of", () => {
    fc.assert(
      fc.property(time, random, (ms, bytes) => {
        expect(uuidV7TimeMs(makeUuidV7(ms, bytes))).toBe(ms);
      }),
    );
  });

  it("sorts by time whatever the random bits are", () => {
    fc.assert(
      fc.property(time, fc.integer({ min: 1, max: 1_000 }), fc.tuple(random, random), (ms, later, [a, b]) => {
        fc.pre(ms + later < 2 ** 48);
        expect(makeUuidV7(ms, a) < makeUuidV7(ms + later, b)).toBe(true);
      }),
    );
  });

  it("is deterministic, so that a repeated import makes the same ids", () => {
    const bytes = new Uint8Array(10).fill(7);
    expect(makeUuidV7(1_790_000_000_000, bytes)).toBe(makeUuidV7(1_790_000_000_000, bytes));
  });

  it("does not change the bytes it was given", () => {
    const bytes = new Uint8Array(10).fill(0xff);
    makeUuidV7(0, bytes);
    expect(bytes).toEqual(new Uint8Array(10).fill(0xff));
  });

  it.each([-1, 0.5, 2 ** 48, Number.NaN])("refuses %d as a time", (ms) => {
    expect(() => makeUuidV7(ms, new Uint8Array(10))).toThrow(RangeError);
  });

  it("refuses too few random bytes", () => {
    expect(() => makeUuidV7(0, new Uint8Array(9))).toThrow(RangeError);
  });
});

describe("uuidV7TimeMs", () => {
  it.each([
    ["version 4", "0197f3c2-8e1a-4abc-8abc-0123456789ab"],
    ["another variant", "0197f3c2-8e1a-7abc-cabc-0123456789ab"],
    ["upper case", "0197F3C2-8E1A-7ABC-8ABC-0123456789AB"],
    ["no dashes", "0197f3c28e1a7abc8abc0123456789ab"],
    ["nothing", ""],
  ])("is null for %s", (_, id) => {
    expect(uuidV7TimeMs(id)).toBeNull();
  });

  it("reads the ids that the Workers make", () => {
    const at = new Date("2026-11-23T10:00:00.123Z");
    expect(uuidV7TimeMs(systemIds.uuid7(at))).toBe(at.getTime());
  });
});

describe("uuidFromBytes and hex", () => {
  it("writes the first 16 bytes and sets no version bits", () => {
    const bytes = Uint8Array.from({ length: 32 }, (_, i) => i * 8 + 7);
    expect(uuidFromBytes(bytes)).toBe("070f171f-272f-373f-474f-575f676f777f");
    expect(isUuid(uuidFromBytes(bytes))).toBe(true);
  });

  it("needs 16 bytes", () => {
    expect(() => uuidFromBytes(new Uint8Array(15))).toThrow(RangeError);
  });

  it("reads back every byte it wrote", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromHex(toHex(bytes))).toEqual(bytes);
      }),
    );
  });

  it.each(["abc", "zz", "0x12"])("takes no %s for hex", (text) => {
    expect(fromHex(text)).toBeNull();
  });
});

import { describe, expect, it } from "vitest";
import type { MessageLike } from "#core/ingest/message-like.ts";
import { prepareEvent } from "#core/ingest/prepare-event.ts";
import { DAY, event, HOUR, idAt, message, PAGE, RECEIVED_AT, SITE } from "./message-builder.ts";

type Sealed = { sealedBeforeMs: number | null; idsSinceMs: number | null };

function outcome(
  given: Partial<Parameters<typeof event>[0]>,
  of: Partial<MessageLike>,
  seal: Partial<Sealed>,
) {
  const result = prepareEvent(event({ type: "pageview", url: PAGE, ...given }), message(of), {
    ...SITE,
    ...seal,
  });
  return result.ok ? "taken" : result.error;
}

describe("an event before the site's seal", () => {
  const sealedBeforeMs = RECEIVED_AT - 2 * DAY;

  it.each([
    ["the very instant", 0, "taken"],
    ["a millisecond before it", -1, "too_old"],
  ])("is refused by the time it occurred at: %s", (_, offset, expected) => {
    expect(outcome({ at: sealedBeforeMs + offset }, {}, { sealedBeforeMs })).toBe(expected);
    expect(outcome({ at: sealedBeforeMs + offset }, { via: "api" }, { sealedBeforeMs })).toBe(expected);
    expect(outcome({ at: sealedBeforeMs + offset }, { bot: "isbot" }, { sealedBeforeMs })).toBe(expected);
  });

  it("is judged by its corrected time, not by the client's clock", () => {
    const fast = { sentAt: RECEIVED_AT + 3 * DAY };
    expect(outcome({ at: RECEIVED_AT + 3 * DAY - HOUR }, fast, { sealedBeforeMs })).toBe("taken");
    expect(outcome({ at: RECEIVED_AT }, fast, { sealedBeforeMs })).toBe("too_old");
  });

  it("is refused, too, where its id belongs to a month that has gone, whenever it occurred", () => {
    const idsSinceMs = RECEIVED_AT - 30 * DAY;
    expect(outcome({ id: idAt(idsSinceMs - 1) }, {}, { idsSinceMs })).toBe("too_old");
    expect(outcome({ id: idAt(idsSinceMs) }, {}, { idsSinceMs })).toBe("taken");
    expect(outcome({ id: idAt(RECEIVED_AT - 401 * DAY) }, {}, { idsSinceMs })).toBe("invalid_id");
  });

  it("is taken where nothing is sealed", () => {
    expect(outcome({ at: 0 }, { via: "api" }, {})).toBe("taken");
  });
});

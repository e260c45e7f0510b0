import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scrubText } from "#core/operations/scrub-text.ts";
import { isClean } from "#core/text/clean-text.ts";

/** What must never be kept, and one way it gets into an error's message. */
const LEAKS: readonly (readonly [secret: string, message: string])[] = [
  ["ada@example.com", "Key (email)=(ada@example.com) already exists."],
  ["ada@example.com", "Cannot mail ada@example.com: refused"],
  ["192.0.2.44", "connect ECONNREFUSED 192.0.2.44:5432"],
  ["2001:db8::8a2e:370:7334", "no route to 2001:db8::8a2e:370:7334"],
  ["hunter2pass", "Authorization: Bearer hunter2pass is not valid"],
  ["wmk_k1_s3cr3t", "Cannot use key wmk_k1_s3cr3t"],
  ["ORDER-4711", "duplicate order ORDER-4711 in batch"],
  ["4711", "order 4711 is unknown"],
  ["Lovelace", "Failed query: insert into users (name) values ($1)\nparams: Ada Lovelace,7"],
  ["Lovelace", 'invalid input syntax for type integer: "Lovelace"'],
  ["Lovelace", "insert failed\nDetail: Failing row contains (7, Lovelace)."],
  ["0192f0c0-1111-7abc-8def-0123456789ab", "visitor 0192f0c0-1111-7abc-8def-0123456789ab is gone"],
  ["shop.example", "Cannot fetch https://shop.example/cart?email=a: 500"],
];

describe("scrubbing an error's text", () => {
  it.each(LEAKS)("takes %s away from: %s", (secret, message) => {
    expect(scrubText(message)).not.toContain(secret);
  });

  it("leaves no half of a character where it cuts", () => {
    const scrubbed = scrubText(`${"x".repeat(299)}🚀`);
    expect(isClean(scrubbed)).toBe(true);
    expect(scrubbed.length).toBeLessThanOrEqual(300);
  });

  it("leaves what says which error it was", () => {
    expect(scrubText("Cannot build report r_81: no rollups")).toBe("Cannot build report [id]: no rollups");
    const misconfigured = "EVENT_SHARDS is #, but EVENTS_2 is not bound";
    expect(scrubText("EVENT_SHARDS is 3, but EVENTS_2 is not bound")).toBe(misconfigured);
    expect(scrubText("No connection string for database")).toBe("No connection string for database");
  });

  it("makes one text of errors that differ in ids only", () => {
    expect(scrubText("order 4711 of 192.0.2.1 failed")).toBe(scrubText("order 9 of 198.51.100.7 failed"));
  });

  it("says no more than 300 characters, whatever it is given", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(scrubText(text).length).toBeLessThanOrEqual(300);
      }),
    );
  });

  it("reads the first 600 characters, so that no text takes its patterns long", () => {
    expect(scrubText(`${" ".repeat(595)}words`)).toBe("words");
    expect(scrubText(`${" ".repeat(600)}words`)).toBe("");
    for (const letter of ["a", "a1", "=(", '"', "a@", "::", "https://", " "]) {
      const hostile = letter.repeat(100_000);
      expect(scrubText(hostile)).toBe(scrubText(hostile.slice(0, 600)));
      expect(scrubText(hostile).length).toBeLessThanOrEqual(300);
    }
  });

  it("finds an e-mail address wherever it stands", () => {
    fc.assert(
      fc.property(fc.emailAddress(), fc.constantFrom(" ", ", ", "(", ": "), (address, before) => {
        expect(scrubText(`sent to${before}${address} again`)).not.toContain(address);
      }),
    );
  });
});

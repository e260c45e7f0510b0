import { expect, test } from "vitest";
import { REJECTION_CODES } from "#contract/collect.ts";
import { botWords, rejectedWords } from "#frontend/screens/tracking-health/reason-words.ts";

test("each code that collect or ingest can count is told in words, with what to do", () => {
  for (const code of [...REJECTION_CODES, "erased"]) {
    const { label, what, todo } = rejectedWords(code);
    expect([code, label === code, what !== "", todo !== ""]).toEqual([code, false, true, true]);
  }
});

test("a code or reason that is newer than the page keeps its own name", () => {
  expect(rejectedWords("brand_new").label).toBe("brand_new");
  expect(botWords("brand_new:x")).toMatchObject({ label: "brand_new:x", detail: null });
});

test("a bot's reason is told with the name that gave it away", () => {
  expect(botWords("known:Googlebot")).toMatchObject({ label: "Known bot", detail: "Googlebot" });
  expect(botWords("scanner_path:/.env")).toMatchObject({ label: "Looks for weaknesses", detail: "/.env" });
  expect(botWords("head")).toMatchObject({ label: "Only asked, did not open", detail: null });
});

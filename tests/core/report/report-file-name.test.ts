import fc from "fast-check";
import { expect, test } from "vitest";
import { attachmentDisposition, reportFileName } from "#core/report/report-file-name.ts";

const MARCH = { from: "2026-03-01", to: "2026-03-31", extension: "pdf" } as const;

test.each([
  ["Spring: performance", "Spring performance 2026-03-01 to 2026-03-31.pdf"],
  ["../../etc/passwd", "etc passwd 2026-03-01 to 2026-03-31.pdf"],
  [' "<>|" ', "Report 2026-03-01 to 2026-03-31.pdf"],
  ["Łódź 🎉\nΑνοιξη", "Łódź 🎉 Ανοιξη 2026-03-01 to 2026-03-31.pdf"],
])("a report called %j is saved as %j", (title, name) => {
  expect(reportFileName({ ...MARCH, title })).toBe(name);
});

test("one day is named once, and a long title is cut", () => {
  const name = reportFileName({ title: "x".repeat(200), from: MARCH.from, to: MARCH.from, extension: "csv" });
  expect(name).toBe(`${"x".repeat(80)} 2026-03-01.csv`);
});

test("the header carries the name in UTF-8 and a readable one in ASCII", () => {
  expect(attachmentDisposition(`Łódź's "50%".pdf`)).toBe(
    `attachment; filename="__d_'s _50__.pdf"; filename*=UTF-8''%C5%81%C3%B3d%C5%BA%27s%20%2250%25%22.pdf`,
  );
});

test("whatever the title, the header is one line of visible ASCII that reads back as the name", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (title) => {
      const name = reportFileName({ ...MARCH, title });
      const header = attachmentDisposition(name);
      expect(header).toMatch(/^[\x20-\x7e]+$/);
      expect(decodeURIComponent(header.split("UTF-8''")[1] ?? "")).toBe(name);
    }),
  );
});

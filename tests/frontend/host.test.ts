import { expect, test } from "vitest";
import { readableHost, readableOrigin } from "#frontend/format/host.ts";

test.each([
  "potter-söhne.example",
  "müller.straße.example",
  "bücher.example:8443",
  "例え.テスト",
  "почемужеонинеговорятпорусски.example",
  "3年b組金八先生.example",
  "パフィーdeルンバ.example",
])("%s is read in its own letters", (host) => {
  const [name = "", port] = host.split(":");
  const ascii = `${new URL(`http://${name}`).hostname}${port ? `:${port}` : ""}`;
  expect(ascii).toContain("xn--");
  expect(readableHost(ascii)).toBe(host);
});

test.each(["shop.example", "localhost:8788", "xn--.example", "xn--a-ß.example", "xn--99999999.example"])(
  "%s stays as it is",
  (host) => {
    expect(readableHost(host)).toBe(host);
  },
);

test("an origin is, too, behind its scheme and star", () => {
  expect(readableOrigin("https://*.xn--shne-5qa.example:8080")).toBe("https://*.söhne.example:8080");
  expect(readableOrigin("https://shop.example")).toBe("https://shop.example");
});

import { describe, expect, test } from "vitest";
import { isCurrent, PLACES } from "#frontend/frame/navigation.ts";
import { listCommands, matchCommands } from "#frontend/frame/commands.ts";
import { readOptions } from "#frontend/state/analytics-view.ts";
import { keepView, safeNext } from "#frontend/state/links.ts";
import { withQuery } from "#frontend/state/use-query.ts";

test("a parameter is set, changed or removed, and the others stay", () => {
  expect(withQuery("/campaigns?site=s1&q=a", { q: "b", status: "active" })).toBe(
    "/campaigns?site=s1&q=b&status=active",
  );
  expect(withQuery("/campaigns?site=s1&q=a", { q: null, site: "" })).toBe("/campaigns");
});

test("site, range and model go along to the next page; what belongs to one page does not", () => {
  const query = { site: "s1", range: "7d", model: "linear", q: "autumn", metric: "cpa", type: "click" };
  expect(keepView("/attribution", query)).toBe("/attribution?site=s1&range=7d&model=linear");
  expect(keepView("/settings", query, { part: "spend", model: null })).toBe(
    "/settings?site=s1&range=7d&part=spend",
  );
});

test("sign-in leads back to pages of ours only", () => {
  expect(safeNext("/campaigns?site=s1")).toBe("/campaigns?site=s1");
  for (const next of [
    undefined,
    "",
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
  ]) {
    expect(safeNext(next)).toBe("/");
  }
});

test("options that the API does not know fall back to the defaults", () => {
  expect(readOptions({ model: "markov", lookback: "31", direct: "never", compare: "x" })).toEqual({
    model: "last",
    lookback: 30,
    direct: "keep",
    compare: "previous",
  });
  expect(
    readOptions({ model: "first", lookback: "90", direct: "exclude_unless_only", compare: "none" }),
  ).toEqual({
    model: "first",
    lookback: 90,
    direct: "exclude_unless_only",
    compare: "none",
  });
});

test("the rail marks one place for every address, a campaign's pages under Campaigns", () => {
  for (const path of ["/", "/campaigns", "/campaigns/cmp_1/events", "/settings/keys", "/tracking-health"]) {
    expect(PLACES.filter((place) => isCurrent(place, path))).toHaveLength(1);
  }
  expect(PLACES.filter((place) => isCurrent(place, "/account"))).toHaveLength(0);
});

describe("the command palette", () => {
  const sources = {
    sites: [],
    campaigns: [],
    go: () => undefined,
    toggleTheme: () => undefined,
    me: { role: "owner", superadmin: false } as const,
  };

  test("finds by all words, those that begin with the first word first", () => {
    const commands = listCommands(sources);
    expect(matchCommands(commands, "camp")[0]?.label).toBe("Campaigns");
    expect(matchCommands(commands, "new camp").map(({ label }) => label)).toEqual(["New campaign"]);
    expect(matchCommands(commands, "zzz")).toEqual([]);
  });

  test("leads those who run the installation to its own pages", () => {
    const commands = listCommands({ ...sources, me: { role: "viewer", superadmin: true } });
    expect(matchCommands(commands, "dead")[0]?.label).toBe("Dead letters");
    expect(matchCommands(commands, "alerts").map(({ id, hint }) => [id, hint])).toEqual([
      ["/alerts", "Page"],
      ["/admin/alerts", "Installation"],
    ]);
  });

  test("offers nothing to make to those who may only look", () => {
    const me = { role: "viewer", superadmin: false } as const;
    const labels = listCommands({ ...sources, me }).map(({ label }) => label);
    expect(labels).not.toContain("New campaign");
    expect(labels).toContain("Overview");
    expect(labels).not.toContain("Dead letters");
  });

  test("leads clients to nothing that is not for them", () => {
    const labelsOf = (role: "viewer" | "client") =>
      listCommands({ ...sources, me: { role, superadmin: false } }).map(({ label }) => label);
    expect(labelsOf("client")).toEqual(labelsOf("viewer").filter((label) => label !== "Alerts"));
    expect(labelsOf("viewer")).toContain("Alerts");
  });
});

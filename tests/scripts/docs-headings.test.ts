import { describe, expect, it } from "vitest";
import { addressOf, outputOf, readDocsPages, resolveLink } from "#scripts/docs-site/docs-pages.ts";
import { readFenceInfo } from "#scripts/docs-site/fence-info.ts";
import { readHeadings } from "#scripts/docs-site/headings.ts";
import { HOME, planSections } from "#scripts/docs-site/site-map.ts";

describe("headings", () => {
  it("give the anchors that GitHub gives, a repeated one a number", () => {
    const markdown =
      "# One visitor's data\n## `POST /e`: 1–50 events\n## [Costs](x.md) & *more*\n### Costs  more\n## Twice\n## Twice";

    expect(readHeadings(markdown).map(({ id }) => id)).toEqual([
      "one-visitors-data",
      "post-e-150-events",
      "costs--more",
      "costs--more-1",
      "twice",
      "twice-1",
    ]);
  });

  it("are not looked for in code, whatever fence stands in it", () => {
    const markdown = "# Title\n```sh\n# a comment\n```\n````md\n```\n## quoted\n```\n````\n## Real";

    expect(readHeadings(markdown).map(({ text }) => text)).toEqual(["Title", "Real"]);
  });
});

describe("addresses", () => {
  it("are those that Pages serves without a redirect", () => {
    expect(["README.md", "decisions/README.md", "users/reports.md", "CHANGELOG.md"].map(addressOf)).toEqual([
      "/docs/",
      "/docs/decisions/",
      "/docs/users/reports",
      "/docs/changelog",
    ]);
    expect(["README.md", "decisions/README.md", "users/reports.md"].map(outputOf)).toEqual([
      "index.html",
      "decisions/index.html",
      "users/reports.html",
    ]);
  });

  it("a runbook's is /docs/runbooks/ and its name, as alerts link to it", () => {
    expect(addressOf("runbooks/error-rate.md")).toBe("/docs/runbooks/error-rate");
    expect(outputOf("runbooks/error-rate.md")).toBe("runbooks/error-rate.html");
  });

  it("of links are taken from the page that has them", () => {
    expect(resolveLink("users/spend.md", "../attribution.md#markov")).toBe("/docs/attribution#markov");
    expect(resolveLink("users/spend.md", "reports.md")).toBe("/docs/users/reports");
    expect(resolveLink("users/spend.md", "../images/a.png")).toBe("/docs/images/a.png");
    expect(resolveLink("users/spend.md", "#deals")).toBe("#deals");
    expect(resolveLink("users/spend.md", "https://example.com/x.md")).toBe("https://example.com/x.md");
  });
});

it("every page but the first stands in the list of pages, once", async () => {
  const pages = await readDocsPages();
  const listed = planSections(pages).flatMap((section) => section.pages.map(({ path }) => path));

  expect(listed.toSorted()).toEqual(
    pages
      .map(({ path }) => path)
      .filter((path) => path !== HOME)
      .toSorted(),
  );
});

it("a fence's marks are read, with or without a value", () => {
  expect(readFenceInfo('sh run save="SITE=id KEY=key" not-run="it starts a server"')).toEqual({
    language: "sh",
    marks: { run: "", save: "SITE=id KEY=key", "not-run": "it starts a server" },
  });
  expect(readFenceInfo("")).toEqual({ language: "", marks: {} });
});

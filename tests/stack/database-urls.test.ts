import { expect, test } from "vitest";
import { databaseUrls } from "#scripts/migrations/database-urls.ts";

test("migrations go over every database that the environment names, main first, empty names left out", () => {
  const environment = {
    DATABASE_URL_EU: "postgresql://eu",
    DATABASE_URL: "postgresql://main",
    DATABASE_URL_OLD: "",
    OTHER_DATABASE_URL_X: "postgresql://x",
  };
  expect([...(databaseUrls(environment) ?? [])]).toEqual([
    ["main", "postgresql://main"],
    ["eu", "postgresql://eu"],
  ]);
  expect(databaseUrls({ DATABASE_URL_EU: "postgresql://eu" })).toBeNull();
});

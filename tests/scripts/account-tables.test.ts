import { expect, test } from "vitest";
import { accountTables } from "#scripts/account/account-tables.ts";
import type { StoredTable } from "#scripts/backup/tables.ts";

const KEY = { accountId: 7, siteIds: [3, 4] };
const table = (name: string, columns: string[], parents: Record<string, string> = {}): StoredTable => ({
  name,
  columns,
  foreignKeys: Object.entries(parents).map(([column, parent]) => ({ column, table: parent, target: "id" })),
});

const TABLES = [
  table("control.accounts", ["id"]),
  table("control.users", ["id"]),
  table("control.members", ["account_id", "user_id"], { user_id: "control.users" }),
  table("control.user_sessions", ["user_id"], { user_id: "control.users" }),
  table("control.measures", ["minute"]),
  table("site.sites", ["id", "account_id"]),
  table("site.events", ["site_id"]),
  table("site.reports", ["id", "account_id", "site_id"]),
  table("site.channels", ["id", "account_id"]),
  table("site.mails", ["report_id", "channel_id"], {
    report_id: "site.reports",
    channel_id: "site.channels",
  }),
  table("site.retention", ["months"]),
];

const rowsOf = (schema: "control" | "site", key = KEY) =>
  Object.fromEntries(accountTables(TABLES, schema, key).map((each) => [each.table, each.where]));

test("people come by their membership, sign-ins and what names nobody stay", () => {
  expect(rowsOf("control")).toEqual({
    "control.accounts": "id = 7",
    "control.users": "id IN (SELECT user_id FROM control.members WHERE account_id = 7)",
    "control.members": "account_id = 7",
  });
});

test("facts come by account, else by site, else by any row that they hang on", () => {
  expect(rowsOf("site")).toEqual({
    "site.sites": "account_id = 7",
    "site.events": "site_id IN (3, 4)",
    "site.reports": "account_id = 7",
    "site.channels": "account_id = 7",
    "site.mails":
      "report_id IN (SELECT id FROM site.reports WHERE account_id = 7) OR channel_id IN (SELECT id FROM site.channels WHERE account_id = 7)",
  });
});

test("an account without sites has no facts by site", () => {
  expect(rowsOf("site", { accountId: 7, siteIds: [] })["site.events"]).toBe("false");
});

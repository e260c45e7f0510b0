import { expect, test } from "vitest";
import { mayChangeStatus, nextStatuses, type CampaignStatus } from "#core/campaigns/status-transition.ts";

const STATUSES: readonly CampaignStatus[] = ["draft", "active", "paused", "completed"];

test("a campaign starts, pauses, resumes, completes and is reopened, and nothing else", () => {
  const possible = STATUSES.flatMap((from) =>
    STATUSES.filter((to) => from !== to && mayChangeStatus(from, to)).map((to) => `${from} → ${to}`),
  );

  expect(possible).toEqual([
    "draft → active",
    "active → paused",
    "active → completed",
    "paused → active",
    "paused → completed",
    "completed → active",
  ]);
});

test("staying where it is is always allowed", () => {
  for (const status of STATUSES) expect(mayChangeStatus(status, status)).toBe(true);
});

test("says what is possible from a status", () => {
  expect(nextStatuses("paused")).toEqual(["active", "completed"]);
});

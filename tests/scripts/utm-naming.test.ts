import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CHANNEL_LABELS } from "#core/channels/channel.ts";
import { projectFolder } from "#scripts/stack/project.ts";
import { channelOf } from "#tests/core/channels/channel-row.ts";

const ROW = /^\| [^|]+ \| `([^`]+)` \| `([^`]+)` \| ([^|]+) \|$/gm;

test("the guide to naming links tells for each medium the channel that it leads to", async () => {
  const guide = await readFile(join(projectFolder, "docs", "users", "utm-naming.md"), "utf8");
  const rows = [...guide.matchAll(ROW)].map(([, source = "", medium = "", label]) => ({
    source,
    medium,
    label,
  }));

  expect(rows.map(({ source, medium }) => CHANNEL_LABELS[channelOf({ source, medium })])).toEqual(
    rows.map(({ label }) => label),
  );
  expect(rows).toHaveLength(11);
});

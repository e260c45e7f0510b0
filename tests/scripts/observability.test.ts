import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { unstable_readConfig as readConfig } from "wrangler";
import { projectFolder } from "#scripts/stack/project.ts";

const folders: string[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** The configuration with the api's observability as the guide has it. */
function configured(): string {
  const guide = readFileSync(join(projectFolder, "docs/operators/monitoring.md"), "utf8");
  const block = /```toml\n([\s\S]*?)```/.exec(guide)?.[1] ?? "";
  const own = readFileSync(join(projectFolder, "wrangler.toml"), "utf8");
  const line = /(\[env\.api\]\n(?:[^[]*\n)?)observability = \{ enabled = true \}\n/;
  expect(own).toMatch(line);
  const folder = mkdtempSync(join(tmpdir(), "waymark-observability-"));
  folders.push(folder);
  const path = join(folder, "wrangler.toml");
  writeFileSync(path, `${own.replace(line, "$1")}\n${block}`);
  return path;
}

it("what the guide says of OpenTelemetry is a configuration that Wrangler reads without a complaint", () => {
  const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
  const { observability } = readConfig({ config: configured(), env: "api" });
  expect(observability).toEqual({
    enabled: true,
    logs: { enabled: true, destinations: ["grafana-logs"] },
    traces: { enabled: true, head_sampling_rate: 0.1, destinations: ["grafana-traces"] },
  });
  expect(warned.mock.calls.flat().join("\n")).not.toMatch(/observability|unexpected/i);
});

import { neonConfig } from "@neondatabase/serverless";
import { afterAll, beforeAll, inject } from "vitest";
import { type NeonEndpoint, startNeonEndpoint } from "#scripts/stack/neon/neon-endpoint.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";

/** A fresh database behind an endpoint as `npm run dev` has it; that of the test run keeps plans. */
export function behindPlainEndpoint(): { database: TestDatabase; endpoint: NeonEndpoint } {
  const started = {} as { database: TestDatabase; endpoint: NeonEndpoint };
  beforeAll(async () => {
    started.database = await createDatabase();
    started.endpoint = await startNeonEndpoint({ host: "127.0.0.1", port: inject("stack").postgresPort });
    neonConfig.fetchEndpoint = started.endpoint.url;
  });
  afterAll(async () => {
    await started.endpoint.close();
  });
  return started;
}

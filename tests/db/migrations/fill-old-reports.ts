import type { ClientBase } from "pg";

const REPORTS = 1_000;

/** Reports, deliveries and attribution runs as the version with migration 0012 kept them, of one site. */
export async function fillOldReports(client: ClientBase, siteId: number): Promise<void> {
  await client.query(
    `INSERT INTO site.reports (site_id, public_id, kind, title, options, status, created_at)
     SELECT $1, 'rep_' || n, 'campaign', 'Report', '{}', 'ready', now() FROM generate_series(1, $2::int) n`,
    [siteId, REPORTS],
  );
  await client.query(
    `INSERT INTO site.report_deliveries (site_id, report_id, public_id, recipient, status, created_at)
     SELECT site_id, id, 'dlv_' || id, 'boss@else.example', 'sent', now() FROM site.reports`,
  );
  await client.query(
    `INSERT INTO site.attribution_runs (site_id, public_id, name, question, models, status, created_at)
     SELECT $1, 'run_' || n, 'Run', '{}', '{linear}', 'ready', now() FROM generate_series(1, $2::int) n`,
    [siteId, REPORTS],
  );
}

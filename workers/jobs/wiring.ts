import { edgeKeys } from "#contract/edge-config.ts";
import { openDatabases, type Databases } from "#db/database.ts";
import { systemClock } from "#platform/clock.ts";
import { edgeConfigWriter } from "#platform/edge-config-writer.ts";
import { systemIds } from "#platform/ids.ts";
import { consoleLog, watchedLog } from "#platform/log.ts";
import { chooseMailer } from "#platform/mail/choose-mailer.ts";
import { isolateMeter, meterTally } from "#platform/meter.ts";
import { sentryTracker } from "#platform/error-tracker.ts";
import { openNeonClients } from "#platform/neon-clients.ts";
import { operatorFonts } from "#platform/operator-fonts.ts";
import { ratesFile } from "#platform/rates-file.ts";
import { reportStore } from "#platform/report-store.ts";
import { secretTokens } from "#platform/session-token.ts";
import { spillAge } from "#platform/spill-age.ts";
import { spilledBodies } from "#platform/spilled-bodies.ts";
import { upstashCache, type Cache } from "#platform/upstash-cache.ts";
import { postWebhook } from "#platform/webhooks/webhook-sender.ts";
import { workQueue } from "#platform/work-queue.ts";
import { reportFonts } from "#rendering/fonts/report-fonts.ts";
import { renderReportMail } from "#rendering/mail/render-report-mail.ts";
import { renderCsv } from "#rendering/render-csv.ts";
import type { ReportFonts } from "#rendering/render-pdf.ts";
import { keepMeasures } from "#usecases/operations/keep-measures.ts";
import { loadFigures } from "#usecases/reports/load-figures.ts";
import type { JobsEnv } from "./env.ts";
import type { JobsDeps } from "./jobs-deps.ts";

/** What an isolate keeps between invocations: the bindings are the same for all of them. */
let kept: { databases: Databases; cache: Cache; fonts: ReportFonts } | undefined;

/** One per isolate: its batches and crons share their reports. */
const tally = meterTally();

/** The Worker's bindings as what its use cases need. */
export function wire(env: JobsEnv, defer: (work: Promise<unknown>) => void): JobsDeps {
  kept ??= {
    databases: openDatabases(openNeonClients(env)),
    cache: upstashCache(env, () => Date.now()),
    fonts: { ...reportFonts, loadExtras: fontsOfOperator(env) },
  };
  const { databases, cache, fonts } = kept;
  const queue = workQueue(env.WORK);
  const ownLog = consoleLog("jobs");
  const errorTracker = sentryTracker(env);
  const meter = isolateMeter({
    worker: "jobs",
    tally,
    clock: systemClock,
    ids: systemIds,
    tell: async (report) =>
      await keepMeasures({ databases, workQueue: queue, log: ownLog, errorTracker }, report),
    lost: (facts) => ownLog("warn", "measures_lost", facts),
    pauseMs: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    defer,
  });
  return {
    databases,
    cache,
    clock: systemClock,
    ids: systemIds,
    edgeConfig: edgeConfigWriter(env.EDGE_CONFIG, edgeKeys),
    workQueue: queue,
    mailer: chooseMailer(env),
    reportStore: reportStore(env.REPORTS),
    log: watchedLog(ownLog, meter),
    meter,
    settings: {
      appOrigin: new URL(env.APP_ORIGIN).origin,
      collectOrigin: new URL(env.COLLECT_ORIGIN).origin,
    },
    spilled: spilledBodies(env.SPILL),
    spillAge: spillAge(env.SPILL),
    errorTracker,
    fetchRatesFile: ratesFile(env.RATES_URL),
    loadFigures,
    ...reportWriters(fonts),
    renderCsv,
    renderReportMail,
    tokens: secretTokens(systemIds),
    postWebhook,
    allowsLocal: env.STAGE === "local",
  };
}

/** Their libraries take longer to set up than all the rest of the Worker, and most of its starts write no report. */
function reportWriters(fonts: ReportFonts): Pick<JobsDeps, "renderPdf" | "renderXlsx"> {
  return {
    async renderPdf(model, logo) {
      const { renderPdf } = await import("#rendering/render-pdf.ts");
      return await renderPdf(model, { fonts, logo });
    },
    async renderXlsx(model) {
      const { renderXlsx } = await import("#rendering/render-xlsx.ts");
      return await renderXlsx(model);
    },
  };
}

function fontsOfOperator(env: JobsEnv): NonNullable<ReportFonts["loadExtras"]> {
  return operatorFonts({ bucket: env.REPORTS, keys: env.REPORT_FONTS, log: consoleLog("jobs") });
}

import { parentPort, workerData } from "node:worker_threads";

import { renderXlsx } from "#rendering/render-xlsx.ts";

import { manyCampaigns } from "./many-campaigns.ts";

/** A thread that may be given little memory: it writes a workbook of so many rows and tells its size. */
const bytes = await renderXlsx(manyCampaigns(Number(workerData)));
parentPort?.postMessage(bytes.length);

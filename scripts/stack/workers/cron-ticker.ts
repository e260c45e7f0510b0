import type { Workers } from "./workers.ts";

export type CronTicker = { stop(): Promise<void> };

export const EVERY_MINUTE = "* * * * *";
export const EVERY_HOUR = "7 * * * *";

const HOUR_MS = 60 * 60 * 1000;

/**
 * Fires the Workers' crons, which the local runtime never does by itself: the minutely one every few seconds, so
 * that what happens in the shop is soon seen; the hourly one at the start and each hour. Never two at once.
 */
export function startCronTicker(workers: Workers, minuteEveryMs: number): CronTicker {
  let running: Promise<void> = Promise.resolve();
  let isBusy = false;
  const fire = (cron: string): void => {
    if (isBusy) return;
    isBusy = true;
    running = runCron(workers, cron).finally(() => {
      isBusy = false;
    });
  };
  const startUp = (async () => {
    isBusy = true;
    await runCron(workers, EVERY_HOUR);
    await runCron(workers, EVERY_MINUTE);
    isBusy = false;
  })();
  const minute = setInterval(() => fire(EVERY_MINUTE), minuteEveryMs);
  const hour = setInterval(() => fire(EVERY_HOUR), HOUR_MS);

  return {
    async stop() {
      clearInterval(minute);
      clearInterval(hour);
      await startUp;
      await running;
    },
  };
}

async function runCron(workers: Workers, cron: string): Promise<void> {
  try {
    const { outcome } = await workers.runCron(cron);
    if (outcome !== "ok") console.error(`Cron ${cron} ended with ${outcome}.`);
  } catch (error) {
    console.error(`Cron ${cron} failed: ${(error as Error).message}`);
  }
}

import type { Clock } from "#platform/clock.ts";

/** `ms`: until the answer came, or its absence was certain. */
export type Check = { name: string; isUp: boolean; ms: number };

const PATIENCE_MS = 2_000;

/** Asks all of them at once; one that throws, says no, or takes more than two seconds is not up. */
export async function runChecks(
  clock: Clock,
  asked: readonly { name: string; ask: () => Promise<unknown> }[],
): Promise<Check[]> {
  return await Promise.all(
    asked.map(async ({ name, ask }) => {
      const startedMs = clock.now().getTime();
      const isUp = await answersInTime(ask);
      return { name, isUp, ms: clock.now().getTime() - startedMs };
    }),
  );
}

async function answersInTime(ask: () => Promise<unknown>): Promise<boolean> {
  let giveUp = () => {};
  const outOfPatience = new Promise<false>((resolve) => {
    const timer = setTimeout(() => resolve(false), PATIENCE_MS);
    giveUp = () => clearTimeout(timer);
  });
  const answered = ask().then(
    (answer) => answer !== false,
    () => false,
  );
  const isUp = await Promise.race([answered, outOfPatience]);
  giveUp();
  return isUp;
}

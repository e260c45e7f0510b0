import { vi } from "vitest";
import type { Message } from "#scripts/stack/mail/mail-store.ts";
import { type Stack, startStack } from "#scripts/stack/stack.ts";
import { ensureDashboard, ensurePixel } from "#scripts/build/ensure-built.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { openBrowser, type TestBrowser } from "#tests/support/open-browser.ts";
import { openWatchedContext, type WatchedContext } from "./watched-context.ts";

const MAIL_TIMEOUT_MS = 20_000;

export type LoopStage = {
  stack: Stack;
  /** Somebody with a browser of their own. */
  person(): Promise<WatchedContext>;
  /** The mail to this address whose subject fits, as soon as it is caught. */
  mail(to: string, subject: RegExp): Promise<Message>;
  /** What this address has had until now, newest first. */
  mailsTo(to: string): Promise<Message[]>;
  close(): Promise<void>;
};

/** Everything Waymark is, on ports and a database of its own, with the minutely cron run every second; and a real Chromium. */
export async function startLoopStage(): Promise<LoopStage> {
  await ensurePixel();
  await ensureDashboard();
  const { databaseUrl } = await createDatabase();
  const [stack, browser] = await Promise.all([
    startStack({ persist: false, databaseUrl, minuteEveryMs: 1000 }),
    openBrowser(),
  ]);
  return {
    stack,
    person: async () => await openWatchedContext(browser),
    mail: async (to, subject) => await waitForMail(stack, to, subject),
    mailsTo: async (to) => await mailsTo(stack, to),
    close: async () => await closeAll(stack, browser),
  };
}

async function waitForMail(stack: Stack, to: string, subject: RegExp): Promise<Message> {
  const id = await vi.waitFor(
    async () => {
      const items = await mailsTo(stack, to);
      const found = items.find((message) => subject.test(message.subject));
      if (!found) throw new Error(`No mail to ${to} about ${subject} among ${items.length}`);
      return found.id;
    },
    { timeout: MAIL_TIMEOUT_MS, interval: 100 },
  );
  // The list leaves attachments out; the mail by itself has them.
  return (await (await fetch(`${stack.mailUrl}/api/messages/${id}`)).json()) as Message;
}

async function mailsTo(stack: Stack, to: string): Promise<Message[]> {
  const answer = await fetch(`${stack.mailUrl}/api/messages?to=${encodeURIComponent(to)}`);
  return ((await answer.json()) as { items: Message[] }).items;
}

async function closeAll(stack: Stack, browser: TestBrowser): Promise<void> {
  await browser.close();
  await stack.stop();
}

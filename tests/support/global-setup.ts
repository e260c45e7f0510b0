import type { TestProject } from "vitest/node";
import { startTestStack, type TestStack, type TestStackAddresses } from "./test-stack.ts";

declare module "vitest" {
  interface ProvidedContext {
    stack: TestStackAddresses;
    /** Neon's endpoint is asked in the test's own process (`neon-within.ts`). */
    neonWithin: boolean;
  }
}

/** Every vitest project that names this file shares one stack: it starts with the first and ends with the last. */
type Shared = { users: number; stack: Promise<TestStack> };
const holder = globalThis as { waymarkTestStack?: Shared };

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  holder.waymarkTestStack ??= { users: 0, stack: startTestStack() };
  const shared = holder.waymarkTestStack;
  shared.users += 1;
  const stack = await shared.stack;
  project.provide("stack", stack.addresses);

  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    delete holder.waymarkTestStack;
    await stack.stop();
  };
}

import type { ApiDeps } from "#usecases/deps.ts";

/** What keeping answers needs. */
export type AnswerDeps = Pick<
  ApiDeps,
  "databases" | "cache" | "clock" | "defer" | "answers" | "release" | "pauseMs" | "meter"
>;

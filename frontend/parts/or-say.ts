import { ApiProblem } from "#frontend/api/problem.ts";
import { toast } from "./toast.tsx";

/** A refusal is told where the success would have been. */
export async function orSay(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    toast(error.message);
  }
}

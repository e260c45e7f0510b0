import type { Context } from "hono";

import type { AccessRefusal } from "#usecases/accounts/access.ts";
import type { TooManyAttempts } from "#usecases/accounts/brake.ts";
import { refuseAccess } from "./access.ts";
import { problem } from "./problem.ts";

type AccountRefusal =
  | TooManyAttempts
  | AccessRefusal
  | { kind: "email_taken" }
  | { kind: "wrong_credentials" }
  | { kind: "wrong_password" }
  | { kind: "invalid_token" };

/** What the use cases of accounts refuse, as answers. */
export function refuseAccount(c: Context, refusal: AccountRefusal): Response {
  switch (refusal.kind) {
    case "too_many_attempts":
      return problem(c, "too_many_attempts", { retryAfterSeconds: refusal.retryAfterSeconds });
    case "email_taken":
    case "wrong_credentials":
    case "wrong_password":
      return problem(c, refusal.kind);
    case "invalid_token":
      return problem(c, "invalid_token", {
        detail: "The link was used already or is too old; ask for a new one",
      });
    case "role_forbidden":
    case "scope_missing":
    case "user_required":
    case "api_key_required":
      return refuseAccess(c, refusal);
  }
}

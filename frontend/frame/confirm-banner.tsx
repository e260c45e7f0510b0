import { useState } from "preact/hooks";

import { resendConfirmation } from "#frontend/api/accounts.ts";
import { ApiProblem } from "#frontend/api/problem.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Notice } from "#frontend/parts/notice.tsx";

type State = "idle" | "busy" | "sent" | ApiProblem;

/** Until the address is confirmed: what is held back, and the mail once more. */
export function ConfirmBanner({ email }: { email: string }) {
  const [state, setState] = useState<State>("idle");
  const resend = () => {
    setState("busy");
    resendConfirmation().then(
      () => setState("sent"),
      (error: unknown) => setState(error instanceof ApiProblem ? error : "idle"),
    );
  };
  return (
    <div style={{ paddingTop: "16px", marginBottom: "-8px" }}>
      <Notice
        tone="warn"
        title="Confirm your e-mail."
        action={
          state === "sent" ? (
            <span class="muted">Sent. Look in your inbox.</span>
          ) : (
            <Button small busy={state === "busy"} onClick={resend}>
              Send again
            </Button>
          )
        }
      >
        We sent a link to {email}. Until you open it, reports go to members of your account only.
        {state instanceof ApiProblem && ` ${state.message}`}
      </Notice>
    </div>
  );
}

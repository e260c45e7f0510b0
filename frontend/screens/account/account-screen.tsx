import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";

import { signOutEverywhere, updateMe } from "#frontend/api/accounts.ts";
import { ApiProblem } from "#frontend/api/problem.ts";
import { Page } from "#frontend/frame/page.tsx";
import { Button } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { Form, FormActions, TextField } from "#frontend/parts/form.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import { errorsFrom, MIN_PASSWORD, passwordError } from "#frontend/screens/entry/entry-rules.ts";
import { canAdmin, useWorkspace } from "#frontend/state/workspace.ts";

/** The person: name, password, sessions. */
export function AccountScreen() {
  return (
    <Page title="Account">
      <div class="stack" style={{ maxWidth: "640px" }}>
        <ProfileCard />
        <PasswordCard />
        <SessionsCard />
      </div>
    </Page>
  );
}

function ProfileCard() {
  const { me } = useWorkspace();
  const mayRename = canAdmin(me);
  const form = useForm({
    draft: "profile",
    initial: { name: me.name, accountName: me.account.name },
    validate: ({ name, accountName }) =>
      errorsFrom({
        name: name.trim() === "" ? "Enter your name" : null,
        accountName: mayRename && accountName.trim() === "" ? "Enter a name for the account" : null,
      }),
    submit: async ({ name, accountName }) => {
      await updateMe({ name: name.trim(), ...(mayRename ? { accountName: accountName.trim() } : {}) });
      toast("Saved.");
    },
  });
  return (
    <Card title="Profile" sub={`Signed in as ${me.email}.`}>
      <Form form={form} label="Profile">
        <TextField form={form} name="name" label="Your name" autocomplete="name" />
        {mayRename && (
          <TextField form={form} name="accountName" label="Company or team" autocomplete="organization" />
        )}
        <FormActions form={form} save="Save" />
      </Form>
    </Card>
  );
}

function PasswordCard() {
  const form = useForm({
    draft: null,
    initial: { current: "", next: "" },
    fieldOf: { "password.current": "current", "password.next": "next" },
    fieldOfCode: { wrong_password: "current" },
    validate: ({ current, next }) =>
      errorsFrom({
        current: current === "" ? "Enter your current password" : null,
        next: passwordError(next),
      }),
    submit: async (password) => {
      await updateMe({ password });
      form.reset({ current: "", next: "" });
      toast("Your password is changed.");
    },
  });
  return (
    <Card title="Password">
      <Form form={form} label="Password">
        <TextField
          form={form}
          name="current"
          label="Current password"
          type="password"
          autocomplete="current-password"
        />
        <TextField
          form={form}
          name="next"
          label="New password"
          type="password"
          autocomplete="new-password"
          help={`At least ${MIN_PASSWORD} characters.`}
        />
        <FormActions form={form} save="Change password" />
      </Form>
    </Card>
  );
}

function SessionsCard() {
  const { route } = useLocation();
  const [busy, setBusy] = useState(false);
  const leave = () => {
    setBusy(true);
    signOutEverywhere().then(
      () => route("/sign-in"),
      (error: unknown) => {
        setBusy(false);
        if (!(error instanceof ApiProblem)) throw error;
        toast(error.message);
      },
    );
  };
  return (
    <Card title="Sessions">
      <div class="row spread" style={{ "--gap": "16px" }}>
        <p class="muted">Ends your session on every device, this one too.</p>
        <Button kind="danger-quiet" busy={busy} onClick={leave}>
          Sign out everywhere
        </Button>
      </div>
    </Card>
  );
}

import { useLocation } from "preact-iso";

import { signIn } from "#frontend/api/accounts.ts";
import { Form, FormActions, TextField } from "#frontend/parts/form.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import { safeNext } from "#frontend/state/links.ts";
import { EntryLayout } from "./entry-layout.tsx";
import { emailError, errorsFrom } from "./entry-rules.ts";

/** Signs in, and goes back to where a 401 came from. */
export function SignInScreen() {
  const { query, route } = useLocation();
  const next = query.next;
  const form = useForm({
    draft: null,
    initial: { email: "", password: "" },
    validate: ({ email, password }) =>
      errorsFrom({ email: emailError(email), password: password === "" ? "Enter your password" : null }),
    submit: async (values) => {
      await signIn({ email: values.email.trim(), password: values.password });
      route(safeNext(next), true);
    },
  });
  const signUp = next ? `/sign-up?next=${encodeURIComponent(next)}` : "/sign-up";
  return (
    <EntryLayout
      title="Sign in"
      foot={
        <>
          New here? <a href={signUp}>Create an account</a>
        </>
      }
    >
      {query.reset === "done" && (
        <Notice tone="good" title="Your new password is set.">
          Sign in with it. Other devices are signed out.
        </Notice>
      )}
      <Form form={form} label="Sign in">
        <TextField form={form} name="email" label="E-mail" type="email" autocomplete="username" autofocus />
        <TextField
          form={form}
          name="password"
          label="Password"
          type="password"
          autocomplete="current-password"
        />
        <FormActions form={form} save="Sign in">
          <a href="/forgot-password" class="form-hint small">
            Forgot your password?
          </a>
        </FormActions>
      </Form>
    </EntryLayout>
  );
}

import { useLocation } from "preact-iso";

import { register } from "#frontend/api/accounts.ts";
import { Form, FormActions, TextField } from "#frontend/parts/form.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import type { FormState } from "#frontend/parts/use-form.ts";
import { EntryLayout } from "./entry-layout.tsx";
import { emailError, errorsFrom, MIN_PASSWORD, passwordError } from "./entry-rules.ts";

type Values = { name: string; email: string; password: string; accountName: string };

/** Creates user and account, and goes on to the first site. */
export function SignUpScreen() {
  const form = useSignUpForm();
  return (
    <EntryLayout
      title="Create your account"
      lead="Five minutes from here to the first event: a site, one line of HTML, a campaign."
      foot={
        <>
          You have one already? <a href="/sign-in">Sign in</a>
        </>
      }
    >
      <Form form={form} label="Create your account">
        <TextField form={form} name="name" label="Your name" autocomplete="name" autofocus />
        <TextField form={form} name="email" label="E-mail" type="email" autocomplete="username" />
        <TextField
          form={form}
          name="password"
          label="Password"
          type="password"
          autocomplete="new-password"
          help={`At least ${MIN_PASSWORD} characters. A sentence is easier to remember than a riddle.`}
        />
        <TextField
          form={form}
          name="accountName"
          label="Company or team"
          optional
          autocomplete="organization"
        />
        <FormActions form={form} save="Create account" />
      </Form>
    </EntryLayout>
  );
}

function useSignUpForm(): FormState<Values> {
  const { route } = useLocation();
  return useForm<Values>({
    draft: null,
    initial: { name: "", email: "", password: "", accountName: "" },
    fieldOfCode: { email_taken: "email" },
    validate: ({ name, email, password }) =>
      errorsFrom({
        name: name.trim() === "" ? "Enter your name" : null,
        email: emailError(email),
        password: passwordError(password),
      }),
    submit: async ({ name, email, password, accountName }) => {
      const account = accountName.trim() ? { accountName: accountName.trim() } : {};
      await register({ name: name.trim(), email: email.trim(), password, ...account });
      route("/welcome", true);
    },
  });
}

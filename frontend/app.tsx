import type { FunctionComponent } from "preact";
import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso";

import { forgetAll, whenSignedOut } from "./api/client.ts";
import { PageSkeleton } from "./frame/page-skeleton.tsx";
import { SignedIn } from "./frame/signed-in.tsx";
import { lazy } from "./parts/lazy.tsx";
import { ToastLayer } from "./parts/toast.tsx";
import { TooltipLayer } from "./parts/tooltip.tsx";

const SignIn = lazy(
  () => import("./screens/entry/sign-in-screen.tsx").then((m) => m.SignInScreen),
  PageSkeleton,
);
const SignUp = lazy(
  () => import("./screens/entry/sign-up-screen.tsx").then((m) => m.SignUpScreen),
  PageSkeleton,
);
const Forgot = lazy(
  () => import("./screens/entry/forgot-password-screen.tsx").then((m) => m.ForgotPasswordScreen),
  PageSkeleton,
);
const Reset = lazy(
  () => import("./screens/entry/reset-password-screen.tsx").then((m) => m.ResetPasswordScreen),
  PageSkeleton,
);
const Confirm = lazy(
  () => import("./screens/entry/confirm-email-screen.tsx").then((m) => m.ConfirmEmailScreen),
  PageSkeleton,
);

const Shared = lazy(
  () => import("./screens/public/shared-screen.tsx").then((m) => m.SharedScreen),
  PageSkeleton,
);
const Unsubscribe = lazy(
  () => import("./screens/public/unsubscribe-screen.tsx").then((m) => m.UnsubscribeScreen),
  PageSkeleton,
);
const ConfirmAddress = lazy(
  () => import("./screens/public/confirm-address-screen.tsx").then((m) => m.ConfirmAddressScreen),
  PageSkeleton,
);

const WITHOUT_SIGN_IN: Readonly<Record<string, FunctionComponent>> = {
  "/sign-in": SignIn,
  "/sign-up": SignUp,
  "/forgot-password": Forgot,
  "/reset-password": Reset,
  "/confirm": Confirm,
  "/confirm-address": ConfirmAddress,
};

/** The same, where the address ends in a secret. */
const WITH_TOKEN: Readonly<Record<string, FunctionComponent>> = {
  "/shared/": Shared,
  "/unsubscribe/": Unsubscribe,
};

/** The pages that need nobody signed in, and then everything else. */
export function App() {
  useLeadToSignIn();
  const { path } = useLocation();
  const Screen = WITHOUT_SIGN_IN[path] ?? WITH_TOKEN[placeOf(path)] ?? SignedIn;
  return (
    <>
      <Screen />
      <ToastLayer />
      <TooltipLayer />
    </>
  );
}

/** `/shared/abc` → `/shared/`; whether the secret is one of ours the API says. */
function placeOf(path: string): string {
  return path.replace(/[^/]+\/?$/, "");
}

/** A 401 from anywhere leads to sign-in, and from there back to this very view. */
function useLeadToSignIn(): void {
  const { route } = useLocation();
  useEffect(() => {
    whenSignedOut(() => {
      forgetAll();
      const here = location.pathname + location.search;
      if (!location.pathname.startsWith("/sign-in")) route(`/sign-in?next=${encodeURIComponent(here)}`, true);
    });
  }, [route]);
}

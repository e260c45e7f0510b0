import { Hono } from "hono";

import {
  confirmRequest,
  forgotPasswordRequest,
  loginRequest,
  registerRequest,
  resetPasswordRequest,
} from "#contract/accounts.ts";
import { confirmEmail } from "#usecases/accounts/confirm-email.ts";
import { logIn } from "#usecases/accounts/log-in.ts";
import { logOut, logOutEverywhere } from "#usecases/accounts/log-out.ts";
import { register } from "#usecases/accounts/register.ts";
import { requestPasswordReset } from "#usecases/accounts/request-password-reset.ts";
import { resendConfirmation } from "#usecases/accounts/resend-confirmation.ts";
import { resetPassword } from "#usecases/accounts/reset-password.ts";
import { requireUser } from "./frame/access.ts";
import { refuseAccount } from "./frame/account-refusals.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { clientIp } from "./frame/client-ip.ts";
import { clearSessionToken, readSessionToken, writeSessionToken } from "./frame/session-cookie.ts";
import { validJson } from "./frame/valid.ts";

/** Accounts and sign-ins. */
export const authRoutes = new Hono<ApiEnv>()
  .post("/auth/register", validJson(registerRequest), async (c) => {
    const registered = await register(c.var.deps, { request: c.req.valid("json"), ip: clientIp(c) });
    if (!registered.ok) return refuseAccount(c, registered.error);
    writeSessionToken(c, registered.value.token);
    return c.json(registered.value.me, 201);
  })
  .post("/auth/login", validJson(loginRequest), async (c) => {
    const request = c.req.valid("json");
    const formerToken = readSessionToken(c);
    const entered = await logIn(c.var.deps, { request, ip: clientIp(c), formerToken });
    if (!entered.ok) return refuseAccount(c, entered.error);
    writeSessionToken(c, entered.value.token);
    return c.json(entered.value.me);
  })
  .post("/auth/logout", async (c) => {
    const token = readSessionToken(c);
    if (token !== null) await logOut(c.var.deps, token);
    clearSessionToken(c);
    return c.body(null, 204);
  })
  .post("/auth/logout-everywhere", requireUser(), async (c) => {
    await logOutEverywhere(c.var.deps, c.var.user);
    clearSessionToken(c);
    return c.body(null, 204);
  })
  .post("/auth/confirm", validJson(confirmRequest), async (c) => {
    const confirmed = await confirmEmail(c.var.deps, c.req.valid("json").token);
    return confirmed.ok ? c.body(null, 204) : refuseAccount(c, confirmed.error);
  })
  .post("/auth/confirm/resend", requireUser(), async (c) => {
    const sent = await resendConfirmation(c.var.deps, { user: c.var.user, ip: clientIp(c) });
    return sent.ok ? c.body(null, 202) : refuseAccount(c, sent.error);
  })
  .post("/auth/password/forgot", validJson(forgotPasswordRequest), async (c) => {
    const { email } = c.req.valid("json");
    const asked = await requestPasswordReset(c.var.deps, { email, ip: clientIp(c) });
    return asked.ok ? c.body(null, 202) : refuseAccount(c, asked.error);
  })
  .post("/auth/password/reset", validJson(resetPasswordRequest), async (c) => {
    const reset = await resetPassword(c.var.deps, { request: c.req.valid("json"), ip: clientIp(c) });
    if (!reset.ok) return refuseAccount(c, reset.error);
    clearSessionToken(c);
    return c.body(null, 204);
  });

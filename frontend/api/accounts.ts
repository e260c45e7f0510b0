import type {
  ApiKey,
  CreateApiKeyRequest,
  CreatedApiKey,
  LoginRequest,
  Me,
  RegisterRequest,
  UpdateMeRequest,
} from "#contract/accounts.ts";
import { forgetDrafts } from "#frontend/state/drafts.ts";
import { call, forgetAll, invalidate, remember } from "./client.ts";
import { paths } from "./paths.ts";

/** Creates user and account, and signs in. */
export async function register(body: RegisterRequest): Promise<Me> {
  return adopt(await call<Me>({ method: "POST", path: "/auth/register", body }));
}

export async function signIn(body: LoginRequest): Promise<Me> {
  return adopt(await call<Me>({ method: "POST", path: "/auth/login", body }));
}

export async function signOut(): Promise<void> {
  await call<void>({ method: "POST", path: "/auth/logout" });
  forgetAll();
  forgetDrafts();
}

/** Ends every session of the user, this one too. */
export async function signOutEverywhere(): Promise<void> {
  await call<void>({ method: "POST", path: "/auth/logout-everywhere" });
  forgetAll();
  forgetDrafts();
}

export async function confirmEmail(token: string): Promise<void> {
  await call<void>({ method: "POST", path: "/auth/confirm", body: { token } });
  invalidate(paths.me);
}

export async function resendConfirmation(): Promise<void> {
  await call<void>({ method: "POST", path: "/auth/confirm/resend" });
}

export async function forgotPassword(email: string): Promise<void> {
  await call<void>({ method: "POST", path: "/auth/password/forgot", body: { email } });
}

export async function resetPassword(token: string, password: string): Promise<void> {
  await call<void>({ method: "POST", path: "/auth/password/reset", body: { token, password } });
}

export async function updateMe(body: UpdateMeRequest): Promise<Me> {
  const me = await call<Me>({ method: "PATCH", path: paths.me, body });
  remember(paths.me, me);
  invalidate(paths.me);
  return me;
}

/** The answer holds the secret; it is not shown again. */
export async function createApiKey(body: CreateApiKeyRequest): Promise<CreatedApiKey> {
  const key = await call<CreatedApiKey>({ method: "POST", path: paths.apiKeys, body });
  invalidate(paths.apiKeys);
  return key;
}

export async function revokeApiKey(key: ApiKey): Promise<void> {
  await call<void>({ method: "DELETE", path: `${paths.apiKeys}/${key.id}` });
  invalidate(paths.apiKeys);
}

/** Another user's answers must not be shown to this one. */
function adopt(me: Me): Me {
  forgetAll();
  remember(paths.me, me);
  return me;
}

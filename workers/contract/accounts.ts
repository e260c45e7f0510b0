import * as z from "zod/mini";

import { email, instant, line } from "./primitives.ts";

export const ROLES = ["owner", "admin", "marketer", "viewer", "client"] as const;
export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

const password = z.string().check(z.minLength(10), z.maxLength(200));

/** `POST /auth/register` → 201 `me`, signed in; a mail with a confirmation link goes out. */
export const registerRequest = z.object({
  email,
  password,
  name: line(120),
  accountName: z.optional(line(120)),
});
export type RegisterRequest = z.infer<typeof registerRequest>;

/** `POST /auth/login` → 200 `me`. */
export const loginRequest = z.object({ email, password: z.string().check(z.minLength(1), z.maxLength(200)) });
export type LoginRequest = z.infer<typeof loginRequest>;

/** `POST /auth/confirm` → 204; `POST /auth/confirm/resend` (signed in, no body) → 202. */
export const confirmRequest = z.object({ token: z.string().check(z.minLength(20), z.maxLength(100)) });
export type ConfirmRequest = z.infer<typeof confirmRequest>;

/** `POST /auth/password/forgot` → 202, whether the address is known or not. */
export const forgotPasswordRequest = z.object({ email });
export type ForgotPasswordRequest = z.infer<typeof forgotPasswordRequest>;

/** `POST /auth/password/reset` → 204; all sign-ins of the user end. */
export const resetPasswordRequest = z.object({
  token: z.string().check(z.minLength(20), z.maxLength(100)),
  password,
});
export type ResetPasswordRequest = z.infer<typeof resetPasswordRequest>;

/** `GET /me`; `PATCH /me`. `POST /auth/logout` → 204, `POST /auth/logout-everywhere` → 204. */
export const me = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  emailConfirmed: z.boolean(),
  account: z.object({ id: z.string(), name: z.string() }),
  role,
  /** Runs this installation: may see the pages under `/admin`. */
  superadmin: z.boolean(),
  createdAt: instant,
});
export type Me = z.infer<typeof me>;

export const updateMeRequest = z.object({
  name: z.optional(line(120)),
  accountName: z.optional(line(120)),
  password: z.optional(
    z.object({ current: z.string().check(z.minLength(1), z.maxLength(200)), next: password }),
  ),
});
export type UpdateMeRequest = z.infer<typeof updateMeRequest>;

export const SCOPES = [
  "events:write",
  "events:read",
  "analytics:read",
  "campaigns:write",
  "reports:write",
] as const;
export const scope = z.enum(SCOPES);
export type Scope = z.infer<typeof scope>;

/** `GET /api-keys`, `POST /api-keys` → 201 with the secret, shown once; `DELETE /api-keys/:id` → 204. */
export const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(scope),
  createdAt: instant,
  lastUsedAt: z.nullable(instant),
});
export type ApiKey = z.infer<typeof apiKey>;
export const createApiKeyRequest = z.object({ name: line(80), scopes: z.array(scope).check(z.minLength(1)) });
export type CreateApiKeyRequest = z.infer<typeof createApiKeyRequest>;
export const createdApiKey = z.extend(apiKey, { key: z.string() });
export type CreatedApiKey = z.infer<typeof createdApiKey>;

/** `GET /members`. */
export const member = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role,
  createdAt: instant,
});
export type Member = z.infer<typeof member>;

import {
  apiKey,
  createApiKeyRequest,
  createdApiKey,
  me,
  member,
  updateMeRequest,
} from "#contract/accounts.ts";
import { list, pageQuery } from "#contract/primitives.ts";
import type { RouteDoc } from "./route-doc.ts";

export const accountPaths: readonly RouteDoc[] = [
  {
    method: "get",
    path: "/api/v1/me",
    tag: "Account",
    summary: "The signed-in person",
    access: "user",
    answer: { status: 200, description: "Who is signed in, with account and role", schema: me },
  },
  {
    method: "patch",
    path: "/api/v1/me",
    tag: "Account",
    summary: "Change name, password or the account's name",
    description:
      "A new password ends the person's other sign-ins. The account's name is for owner and admin.",
    access: "user",
    body: updateMeRequest,
    answer: { status: 200, description: "The person as they are now", schema: me },
    problems: ["wrong_password", "role_forbidden", "too_many_attempts"],
  },
  {
    method: "get",
    path: "/api/v1/members",
    tag: "Account",
    summary: "The people of the account",
    access: "members:read",
    query: pageQuery,
    answer: { status: 200, description: "A page of members", schema: list(member) },
    problems: ["invalid_cursor"],
  },
  {
    method: "get",
    path: "/api/v1/api-keys",
    tag: "Account",
    summary: "The API keys, without their secrets",
    access: "keys:manage",
    query: pageQuery,
    answer: { status: 200, description: "A page of keys, newest first", schema: list(apiKey) },
    problems: ["invalid_cursor"],
  },
  {
    method: "post",
    path: "/api/v1/api-keys",
    tag: "Account",
    summary: "Make an API key",
    description: "The key is shown in this answer only.",
    access: "keys:manage",
    body: createApiKeyRequest,
    isRepeatable: true,
    answer: { status: 201, description: "The key with its secret", schema: createdApiKey },
    problems: ["already_created"],
  },
  {
    method: "delete",
    path: "/api/v1/api-keys/{apiKeyId}",
    tag: "Account",
    summary: "Revoke an API key",
    access: "keys:manage",
    answer: { status: 204, description: "The key is worth nothing any more" },
  },
];

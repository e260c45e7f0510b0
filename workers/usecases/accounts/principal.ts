import type { Role, Scope } from "#contract/accounts.ts";

type OfAccount = {
  accountId: number;
  accountPublicId: string;
  accountName: string;
  /** Name of the database that holds the account's sites. */
  database: string;
};

/** A person who is signed in. */
export type UserPrincipal = OfAccount & {
  kind: "user";
  userId: number;
  userPublicId: string;
  email: string;
  name: string;
  isEmailConfirmed: boolean;
  /** As it was when the sign-in was last read: enough to show a door, never to open it (`checkSuperadmin`). */
  isSuperadmin: boolean;
  role: Role;
  userCreatedAt: string;
  /** SHA-256 of the sign-in's token. */
  sessionHash: string;
};

/** A program with an API key. */
export type KeyPrincipal = OfAccount & {
  kind: "key";
  apiKeyId: number;
  apiKeyPublicId: string;
  scopes: readonly Scope[];
};

/** Who asks. Every use case that reads or writes for someone takes the `accountId` from here, never from input. */
export type Principal = UserPrincipal | KeyPrincipal;

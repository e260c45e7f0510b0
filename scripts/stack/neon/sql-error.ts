import { DatabaseError } from "pg";
import { BadSqlRequest } from "./sql-request.ts";

export type SqlFailure = { status: number; body: Record<string, string | null> };

/** The connection could not be made: wrong password, or no server. */
export class ConnectFailure extends Error {
  readonly reason: unknown;
  constructor(reason: unknown) {
    super("couldn't connect to compute node");
    this.reason = reason;
  }
}

export class ResponseTooLarge extends Error {}

const WRONG_CREDENTIALS: ReadonlySet<string> = new Set(["28P01", "28000"]);
const INTERNAL_SERVER_ERROR = 500;
const INSUFFICIENT_STORAGE = 507;
const BAD_REQUEST = 400;

/** The status and the 17 keys with which Neon answers an error; what is unknown is null. */
export function toSqlFailure(error: unknown): SqlFailure {
  if (error instanceof ConnectFailure) return connectFailure(error);
  if (error instanceof ResponseTooLarge) return failure(INSUFFICIENT_STORAGE, error.message);
  if (error instanceof BadSqlRequest) return failure(BAD_REQUEST, error.message);
  return failure(BAD_REQUEST, (error as Error).message, databaseError(error));
}

function connectFailure({ message, reason }: ConnectFailure): SqlFailure {
  const cause = databaseError(reason);
  if (cause === undefined) return failure(INTERNAL_SERVER_ERROR, message);
  const status = WRONG_CREDENTIALS.has(cause.code ?? "") ? BAD_REQUEST : INTERNAL_SERVER_ERROR;
  return failure(status, cause.message, cause);
}

function databaseError(error: unknown): DatabaseError | undefined {
  return error instanceof DatabaseError ? error : undefined;
}

function failure(status: number, message: string, cause?: DatabaseError): SqlFailure {
  const body: Record<string, string | null> = { message };
  for (const key of ERROR_KEYS) body[key] = cause?.[key] ?? null;
  return { status, body };
}

const ERROR_KEYS = [
  "code",
  "detail",
  "hint",
  "position",
  "internalPosition",
  "internalQuery",
  "severity",
  "where",
  "table",
  "column",
  "schema",
  "dataType",
  "constraint",
  "file",
  "line",
  "routine",
] as const;

/**
 * Every refusal of the API, in one table: a stable code, its status and its title. Whoever builds a route adds the
 * codes of its use case's error kinds here; a code never changes its meaning.
 */
export const PROBLEMS = {
  // The request itself.
  invalid_json: { status: 400, title: "The body is not JSON" },
  invalid_request: { status: 400, title: "The request is not valid" },
  invalid_cursor: { status: 400, title: "The cursor is not one of ours" },
  invalid_range: { status: 400, title: "The range of days is not valid" },
  too_many_to_sort: { status: 400, title: "There is too much to put in order" },
  invalid_options: { status: 400, title: "The options of attribution are not valid" },
  invalid_time_zone: { status: 400, title: "The time zone is not known" },
  invalid_currency: { status: 400, title: "The currency is not known" },
  invalid_image: { status: 400, title: "The image cannot be used" },
  invalid_token: { status: 400, title: "The link is no longer valid" },
  wrong_password: { status: 400, title: "The current password is not right" },
  unsupported_media_type: { status: 415, title: "The body must be sent as application/json" },
  body_too_large: { status: 413, title: "The body is too large" },
  // Who asks.
  not_signed_in: { status: 401, title: "You are not signed in" },
  invalid_api_key: { status: 401, title: "The API key is not valid" },
  invalid_signature: { status: 401, title: "The webhook does not prove where it comes from" },
  wrong_credentials: { status: 401, title: "E-mail address or password is not right" },
  role_forbidden: { status: 403, title: "Your role does not allow this" },
  scope_missing: { status: 403, title: "The API key lacks the scope" },
  user_required: { status: 403, title: "Only a signed-in person may do this" },
  api_key_required: { status: 403, title: "Only an API key may do this" },
  foreign_origin: { status: 403, title: "The request comes from another site" },
  share_locked: { status: 403, title: "The link needs its password" },
  wrong_share_password: { status: 403, title: "The password of the link is not right" },
  email_unconfirmed: { status: 403, title: "Confirm your e-mail address first" },
  too_many_attempts: { status: 429, title: "Too many attempts" },
  // What is there, and what is not. Another account's thing is not found either.
  not_found: { status: 404, title: "There is no such thing" },
  email_taken: { status: 409, title: "This e-mail address is already registered" },
  name_taken: { status: 409, title: "This name is taken" },
  slug_taken: { status: 409, title: "This short link is taken" },
  matcher_taken: { status: 409, title: "Another campaign already matches this" },
  status_conflict: { status: 409, title: "The status does not allow this" },
  nothing_to_compare: { status: 400, title: "There is no run to compare with" },
  not_comparable: { status: 400, title: "The runs cannot be compared" },
  still_computing: { status: 409, title: "The figures are being worked out" },
  run_not_ready: { status: 409, title: "The run is not ready" },
  report_expired: { status: 410, title: "The report's files are no longer kept" },
  report_not_ready: { status: 409, title: "The report is not ready" },
  idempotency_in_progress: { status: 409, title: "A request with this Idempotency-Key is still running" },
  idempotency_key_reused: { status: 422, title: "This Idempotency-Key was used for another request" },
  already_created: { status: 409, title: "This was made by an earlier request" },
  // Our own.
  internal_error: { status: 500, title: "Something went wrong on our side" },
  temporarily_unavailable: { status: 503, title: "Not available right now, please try again" },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** What one field was refused for. */
export type FieldProblem = { path: string; code: string; message: string };

type ProblemFacts = {
  status: number;
  code: string;
  title: string;
  detail: string;
  requestId: string | null;
  fields: readonly FieldProblem[];
};

/** An answer that is not the one asked for, as the API's problem JSON tells it, or the network's silence (status 0). */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly requestId: string | null;
  readonly fields: readonly FieldProblem[];

  constructor(facts: ProblemFacts) {
    super(facts.detail || facts.title);
    this.name = "ApiProblem";
    this.status = facts.status;
    this.code = facts.code;
    this.title = facts.title;
    this.requestId = facts.requestId;
    this.fields = facts.fields;
  }
}

/** Reads a problem answer; one without the expected shape still gets a sentence a person can act on. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const body = await readJson(response);
  return new ApiProblem({
    status: response.status,
    code: text(body.code) ?? `http_${response.status}`,
    title: text(body.title) ?? "The server could not answer",
    detail: text(body.detail) ?? text(body.title) ?? sentenceFor(response.status),
    requestId: text(body.requestId) ?? response.headers.get("x-request-id"),
    fields: readFields(body.errors),
  });
}

/** Nothing came back: offline, or the server is out of reach. */
export function offlineProblem(): ApiProblem {
  return new ApiProblem({
    status: 0,
    code: "unreachable",
    title: "Waymark cannot be reached",
    detail: "No answer came back. Check your connection; nothing you entered is lost.",
    requestId: null,
    fields: [],
  });
}

async function readJson(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.json();
    return typeof body === "object" && body !== null ? { ...body } : {};
  } catch {
    return {};
  }
}

function readFields(value: unknown): FieldProblem[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    if (typeof entry !== "object" || entry === null) return [];
    const { path, code, message } = { path: "", code: "", message: "", ...entry };
    return typeof message === "string" ? [{ path: fieldName(path), code: String(code), message }] : [];
  });
}

/** "/budget/minor", "body.budget.minor" and ["budget", "minor"] all name the field "budget.minor". */
export function fieldName(path: unknown): string {
  const parts = Array.isArray(path) ? path.map(String) : String(path).split(/[./]/);
  return parts.filter((part) => part !== "" && part !== "body").join(".");
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function sentenceFor(status: number): string {
  if (status === 404) return "It is not here, or not yours to see.";
  if (status === 429) return "Too many tries in a short time. Wait a minute, then try again.";
  return "Something went wrong on our side. Nothing is lost; try again.";
}

import { useId, useState } from "preact/hooks";

import { ApiProblem } from "#frontend/api/problem.ts";
import { useDraft } from "./use-draft.ts";

export type Values = Record<string, string | boolean>;
export type Errors = Record<string, string>;

type Options<V extends Values> = {
  /**
   * Under which name what is typed is kept for this tab until it is saved, with the ids the form is about. Null for what must be
   * typed anew each time: passwords, and names that confirm a deletion.
   */
  draft: string | null;
  /** Fields that are never kept. */
  secret?: readonly (keyof V & string)[];
  /** Whether one changed field keeps all: for what is to be made, whose presets may be others when it is back. */
  isWhole?: boolean;
  initial: V;
  /** Field name → what is wrong with it, in a sentence that says what to do. */
  validate?: (values: V) => Errors;
  submit: (values: V) => Promise<void>;
  /** API paths that bear another name than the field that shows them. */
  fieldOf?: Readonly<Record<string, string>>;
  /** Problem codes that are one field's fault, where the API names no path. */
  fieldOfCode?: Readonly<Record<string, string>>;
};

export type FormState<V extends Values> = {
  id: string;
  values: V;
  errors: Errors;
  /** What belongs to no single field. */
  problem: ApiProblem | null;
  busy: boolean;
  dirty: boolean;
  /** Whether it holds what was typed earlier and not saved. */
  isDraftBack: boolean;
  /** Counts refusals, so that the summary takes the focus each time. */
  refusals: number;
  // Methods, not properties: a form with more fields then serves where fewer are asked for.
  set<K extends keyof V & string>(name: K, value: V[K]): void;
  reset(values: V): void;
  /** Throws away what is not saved. */
  discard(): void;
  submit(): Promise<void>;
};

type Outcome = { errors: Errors; problem: ApiProblem | null; refusals: number };

const CLEAN: Outcome = { errors: {}, problem: null, refusals: 0 };

/**
 * A form that never loses what was typed: refused values stay, with the reason beside them, and what was left unsaved is back
 * when the form is.
 */
export function useForm<V extends Values>(options: Options<V>): FormState<V> {
  const id = useId();
  const { draft: name, initial, secret = [], isWhole = false } = options;
  const draft = useDraft({ form: name, initial, secret, isWhole });
  const { values, dirty } = draft;
  const [outcome, setOutcome] = useState<Outcome>(CLEAN);
  const [busy, setBusy] = useState(false);

  const refuse = (errors: Errors, problem: ApiProblem | null) =>
    setOutcome((before) => ({ errors, problem, refusals: before.refusals + 1 }));

  const submit = async () => {
    if (busy) return;
    const errors = options.validate?.(values) ?? {};
    if (Object.keys(errors).length > 0) return refuse(errors, null);
    setBusy(true);
    try {
      await draft.send(async () => await options.submit(values));
      setOutcome(CLEAN);
      draft.settle(values);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      const ofCode = options.fieldOfCode?.[error.code];
      const named = ofCode ? { [ofCode]: error.message } : {};
      refuse({ ...named, ...errorsOf(error, values, options.fieldOf ?? {}) }, error);
    } finally {
      setBusy(false);
    }
  };

  return {
    id,
    values,
    ...outcome,
    busy,
    dirty,
    isDraftBack: draft.isBack,
    set: (name, value) => {
      draft.set(name, value);
      setOutcome((before) => ({ ...before, errors: without(before.errors, name) }));
    },
    reset: (next) => {
      draft.reset(next);
      setOutcome(CLEAN);
    },
    discard: () => {
      draft.discard();
      setOutcome(CLEAN);
    },
    submit,
  };
}

/** The same form, where a change of the field it is given to brings others with it. */
export function withFollowers<V extends Values>(
  form: FormState<V>,
  follow: (value: string) => void,
): FormState<V> {
  return {
    ...form,
    set(name, value) {
      form.set(name, value);
      follow(String(value));
    },
  };
}

/** The API's field errors under the names of the form's fields; what the form does not show stays in the summary. */
export function errorsOf(
  problem: ApiProblem,
  values: Values,
  fieldOf: Readonly<Record<string, string>>,
): Errors {
  const errors: Errors = {};
  for (const { path, message } of problem.fields) {
    const name = fieldOf[path] ?? fieldOf[path.split(".")[0] ?? ""] ?? closest(path, values);
    errors[name] ??= message;
  }
  return errors;
}

function closest(path: string, values: Values): string {
  if (path in values) return path;
  const head = path.split(".")[0] ?? path;
  return head in values ? head : path;
}

function without(errors: Errors, name: string): Errors {
  return Object.fromEntries(Object.entries(errors).filter(([key]) => key !== name));
}

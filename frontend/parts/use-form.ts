import { useId, useState } from "preact/hooks";

import { ApiProblem } from "#frontend/api/problem.ts";

export type Values = Record<string, string | boolean>;
export type Errors = Record<string, string>;

type Options<V extends Values> = {
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
  /** Counts refusals, so that the summary takes the focus each time. */
  refusals: number;
  // Methods, not properties: a form with more fields then serves where fewer are asked for.
  set<K extends keyof V & string>(name: K, value: V[K]): void;
  reset(values: V): void;
  submit(): Promise<void>;
};

type Outcome = { errors: Errors; problem: ApiProblem | null; refusals: number };

const CLEAN: Outcome = { errors: {}, problem: null, refusals: 0 };

/** A form that never loses what was typed: refused values stay, with the reason beside them. */
export function useForm<V extends Values>(options: Options<V>): FormState<V> {
  const id = useId();
  const [saved, setSaved] = useState<V>(options.initial);
  const [values, setValues] = useState<V>(options.initial);
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
      await options.submit(values);
      setOutcome(CLEAN);
      setSaved(values);
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
    dirty: Object.keys(values).some((name) => values[name] !== saved[name]),
    set: (name, value) => {
      setValues((before) => ({ ...before, [name]: value }));
      setOutcome((before) => ({ ...before, errors: without(before.errors, name) }));
    },
    reset: (next) => {
      setSaved(next);
      setValues(next);
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

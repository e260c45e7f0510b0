import "./form.css";

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

import type { ApiProblem } from "#frontend/api/problem.ts";
import { Button } from "./button.tsx";
import { CheckInput, ChoiceInput, SelectInput, TextArea, TextInput } from "./field.tsx";
import type { Choice, LineOptions, Option } from "./field.tsx";
import type { FormState, Values } from "./use-form.ts";

type FormProps<V extends Values> = { form: FormState<V>; label: string; children: ComponentChildren };

/** Errors at the field and in one summary that takes the focus; ⌘Enter saves from anywhere inside. */
export function Form<V extends Values>({ form, label, children }: FormProps<V>) {
  return (
    <form
      class="form"
      noValidate
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
          event.preventDefault();
          void form.submit();
        }
      }}
    >
      <ErrorSummary form={form} />
      <DraftLine isBack={form.isDraftBack} onDiscard={() => form.discard()} />
      {children}
    </form>
  );
}

/** Says that the fields hold what was typed earlier, and offers what is stored instead. */
export function DraftLine({ isBack, onDiscard }: { isBack: boolean; onDiscard: () => void }) {
  const line = useRef<HTMLParagraphElement>(null);
  if (!isBack) return null;
  const discard = () => {
    // The line goes with its button; the focus stays in the form.
    const fields = line.current?.parentElement;
    onDiscard();
    fields?.querySelector<HTMLElement>("input, select, textarea")?.focus();
  };
  return (
    <p class="form-draft" role="status" ref={line}>
      Your draft is back.{" "}
      <Button kind="link" small onClick={discard}>
        Discard
      </Button>
    </p>
  );
}

function ErrorSummary<V extends Values>({ form }: { form: FormState<V> }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (form.refusals > 0) box.current?.focus();
  }, [form.refusals]);

  const hasFields = Object.keys(form.errors).length > 0;
  if (!hasFields && !form.problem) return null;
  return (
    <div class="form-summary" role="alert" tabIndex={-1} ref={box}>
      {hasFields ? <FieldErrors form={form} /> : <WholeProblem problem={form.problem} />}
      {form.problem?.requestId && <p class="muted">Request {form.problem.requestId}</p>}
    </div>
  );
}

function FieldErrors<V extends Values>({ form }: { form: FormState<V> }) {
  const entries = Object.entries(form.errors);
  return (
    <>
      <h3>
        {entries.length === 1 ? "One thing needs another look" : `${entries.length} things need another look`}
      </h3>
      <ul>
        {entries.map(([name, message]) => (
          <li key={name}>
            {name in form.values ? <FieldLink id={`${form.id}-${name}`} text={message} /> : message}
          </li>
        ))}
      </ul>
    </>
  );
}

/** A problem that belongs to no field; its sentence is not said twice. */
function WholeProblem({ problem }: { problem: ApiProblem | null }) {
  if (!problem) return null;
  return (
    <>
      <h3>{problem.title}</h3>
      {problem.message !== problem.title && <p>{problem.message}</p>}
    </>
  );
}

function FieldLink({ id, text }: { id: string; text: string }) {
  return (
    <a
      href={`#${id}`}
      onClick={(event) => {
        event.preventDefault();
        document.getElementById(id)?.focus();
      }}
    >
      {text}
    </a>
  );
}

type TextKeys<V> = { [K in keyof V & string]: V[K] extends string ? K : never }[keyof V & string];
type FlagKeys<V> = { [K in keyof V & string]: V[K] extends boolean ? K : never }[keyof V & string];

type Shared<V extends Values, K> = {
  form: FormState<V>;
  name: K;
  label: string;
  help?: ComponentChildren;
  optional?: boolean;
};

type TextFieldProps<V extends Values> = Shared<V, TextKeys<V>> &
  Omit<LineOptions, "name"> & { prefix?: string };

/** A line of text bound to the form. */
export function TextField<V extends Values>({ form, name, ...rest }: TextFieldProps<V>) {
  return <TextInput {...rest} {...bind(form, name)} name={name} />;
}

type TextAreaFieldProps<V extends Values> = Shared<V, TextKeys<V>> & { rows?: number; placeholder?: string };

/** Several lines bound to the form. */
export function TextAreaField<V extends Values>({ form, name, ...rest }: TextAreaFieldProps<V>) {
  return <TextArea {...rest} {...bind(form, name)} name={name} />;
}

type SelectFieldProps<V extends Values> = Shared<V, TextKeys<V>> & { options: readonly Option[] };

/** One of a few, bound to the form. */
export function SelectField<V extends Values>({ form, name, ...rest }: SelectFieldProps<V>) {
  return <SelectInput {...rest} {...bind(form, name)} name={name} />;
}

type ChoiceFieldProps<V extends Values> = {
  form: FormState<V>;
  name: TextKeys<V>;
  legend: string;
  choices: readonly Choice[];
};

/** One of a few that each need a sentence, bound to the form. */
export function ChoiceField<V extends Values>({ form, name, legend, choices }: ChoiceFieldProps<V>) {
  const { id, value, onValue } = bind(form, name);
  return <ChoiceInput id={id} legend={legend} choices={choices} value={value} onValue={onValue} />;
}

type CheckFieldProps<V extends Values> = Omit<Shared<V, FlagKeys<V>>, "optional">;

/** On or off, bound to the form. */
export function CheckField<V extends Values>({ form, name, label, help }: CheckFieldProps<V>) {
  return (
    <CheckInput
      id={`${form.id}-${name}`}
      label={label}
      help={help}
      checked={form.values[name] === true}
      onValue={(on) => form.set(name, on as V[typeof name])}
    />
  );
}

type ActionsProps<V extends Values> = {
  form: FormState<V>;
  save: string;
  children?: ComponentChildren;
  danger?: boolean;
};

/** The button that saves, and what else belongs beside it. */
export function FormActions<V extends Values>({ form, save, children, danger }: ActionsProps<V>) {
  return (
    <div class="form-actions">
      <Button type="submit" kind={danger ? "danger" : "primary"} busy={form.busy}>
        {save}
      </Button>
      {children}
    </div>
  );
}

function bind<V extends Values, K extends TextKeys<V>>(form: FormState<V>, name: K) {
  return {
    id: `${form.id}-${name}`,
    value: String(form.values[name] ?? ""),
    error: form.errors[name],
    onValue: (value: string) => form.set(name, value as V[K]),
  };
}

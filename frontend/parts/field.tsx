import "./field.css";

import type { ComponentChildren, InputHTMLAttributes } from "preact";

import { Icon } from "./icon.tsx";

type FrameProps = {
  id: string;
  label: ComponentChildren;
  help?: ComponentChildren;
  error?: string | undefined;
  optional?: boolean | undefined;
  children: ComponentChildren;
};

/** Label above, help and error under: every field of every form looks like this. */
export function FieldFrame({ id, label, help, error, optional, children }: FrameProps) {
  return (
    <div class="field">
      <label class="field-label" for={id}>
        <span>{label}</span>
        {optional && <span class="field-optional">Optional</span>}
      </label>
      {children}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          <Icon name="danger" size={16} />
          {error}
        </p>
      )}
      {help && (
        <div class="field-help" id={`${id}-help`}>
          {help}
        </div>
      )}
    </div>
  );
}

type Common = Omit<FrameProps, "children">;

/** What ties a control to its help and its error for those who cannot see them. */
export function describedBy({ id, help, error }: Pick<Common, "id" | "help" | "error">) {
  const ids = [error ? `${id}-error` : "", help ? `${id}-help` : ""].filter(Boolean).join(" ");
  return {
    ...(ids ? { "aria-describedby": ids } : {}),
    ...(error ? { "aria-invalid": "true" as const } : {}),
  };
}

/** What a line of text may ask of the browser. */
export type LineOptions = {
  type?: "text" | "email" | "password" | "url" | "search" | "date";
  autocomplete?: InputHTMLAttributes["autocomplete"];
  inputmode?: "text" | "decimal" | "numeric" | "email" | "url";
  placeholder?: string;
  spellcheck?: boolean;
  autofocus?: boolean;
  required?: boolean;
  disabled?: boolean;
  min?: string;
  max?: string;
  name?: string;
};

type TextInputProps = Common &
  LineOptions & { prefix?: string; value: string; onValue: (value: string) => void };

/** One line of text. */
export function TextInput({
  id,
  label,
  help,
  error,
  optional,
  prefix,
  value,
  onValue,
  type,
  ...rest
}: TextInputProps) {
  return (
    <FieldFrame id={id} label={label} help={help} error={error} optional={optional}>
      <div class="input-wrap">
        {prefix && (
          <span class="input-prefix" aria-hidden="true">
            {prefix}
          </span>
        )}
        <input
          {...rest}
          // Preact's types split inputs by type; all of ours share the attributes used here.
          type={(type ?? "text") as "text"}
          id={id}
          class="input"
          value={value}
          onInput={(event) => onValue(event.currentTarget.value)}
          {...describedBy({ id, help, error })}
        />
      </div>
    </FieldFrame>
  );
}

type TextAreaProps = Common & {
  value: string;
  onValue: (value: string) => void;
  name?: string;
  rows?: number;
  placeholder?: string;
};

/** Several lines of text. */
export function TextArea({ id, label, help, error, optional, value, onValue, ...rest }: TextAreaProps) {
  return (
    <FieldFrame id={id} label={label} help={help} error={error} optional={optional}>
      <textarea
        {...rest}
        id={id}
        class="input"
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
        {...describedBy({ id, help, error })}
      />
    </FieldFrame>
  );
}

export type Option = { value: string; label: string };

type SelectProps = Common & {
  value: string;
  options: readonly Option[];
  onValue: (value: string) => void;
  name?: string;
};

/** One of a few. */
export function SelectInput({
  id,
  label,
  help,
  error,
  optional,
  value,
  options,
  onValue,
  ...rest
}: SelectProps) {
  return (
    <FieldFrame id={id} label={label} help={help} error={error} optional={optional}>
      <select
        {...rest}
        id={id}
        class="input select"
        value={value}
        onChange={(event) => onValue(event.currentTarget.value)}
        {...describedBy({ id, help, error })}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

type CheckProps = {
  id: string;
  label: string;
  help?: ComponentChildren;
  checked: boolean;
  onValue: (on: boolean) => void;
};

/** On or off. */
export function CheckInput({ id, label, help, checked, onValue }: CheckProps) {
  return (
    <label class="check" for={id}>
      <input
        id={id}
        type="checkbox"
        checked={checked}
        onChange={(event) => onValue(event.currentTarget.checked)}
        {...(help ? { "aria-describedby": `${id}-help` } : {})}
      />
      <span class="check-text">
        <span>{label}</span>
        {help && (
          <span class="field-help" id={`${id}-help`}>
            {help}
          </span>
        )}
      </span>
    </label>
  );
}

export type Choice = { value: string; title: string; help: ComponentChildren };

type ChoiceProps = {
  id: string;
  legend: string;
  value: string;
  choices: readonly Choice[];
  onValue: (value: string) => void;
};

/** One of a few that each need a sentence. */
export function ChoiceInput({ id, legend, value, choices, onValue }: ChoiceProps) {
  return (
    <fieldset class="field">
      <legend class="field-label" style={{ marginBottom: "6px" }}>
        {legend}
      </legend>
      <div class="choices">
        {choices.map((choice) => (
          <label key={choice.value} class="choice">
            <input
              type="radio"
              name={id}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onValue(choice.value)}
              aria-describedby={`${id}-${choice.value}-help`}
            />
            <span>
              <span class="choice-title">{choice.title}</span>
              <br />
              <span class="choice-help" id={`${id}-${choice.value}-help`}>
                {choice.help}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

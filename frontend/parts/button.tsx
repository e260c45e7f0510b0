import "./button.css";

import type { ButtonHTMLAttributes, ComponentChildren, Ref } from "preact";

import { Icon } from "./icon.tsx";
import type { IconName } from "./icon.tsx";

export type ButtonKind = "primary" | "secondary" | "quiet" | "danger" | "danger-quiet" | "link";

type Look = { kind?: ButtonKind; small?: boolean; icon?: IconName };

type ButtonProps = Look & {
  children?: ComponentChildren;
  type?: "button" | "submit";
  /** Waiting for an answer: says so, and does nothing when pressed again. */
  busy?: boolean | undefined;
  disabled?: boolean | undefined;
  buttonRef?: Ref<HTMLButtonElement>;
  onClick?: ((event: MouseEvent) => void) | undefined;
} & Omit<ButtonHTMLAttributes<HTMLButtonElement>, "icon" | "type" | "onClick" | "ref">;

/** A button that says what it does. */
export function Button({
  kind = "secondary",
  small,
  icon,
  busy,
  disabled,
  buttonRef,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      {...(buttonRef ? { ref: buttonRef } : {})}
      class={classOf({ kind, small: small ?? false }, rest.class)}
      disabled={disabled}
      aria-busy={busy ? "true" : undefined}
      aria-disabled={busy ? "true" : undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
    >
      {busy ? <span class="button-spinner" aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

type IconButtonProps = { icon: IconName; label: string; small?: boolean } & Omit<
  ButtonHTMLAttributes<HTMLButtonElement>,
  "icon" | "label"
>;

/** A button without words on it; its label is read aloud and shown as its title. */
export function IconButton({ icon, label, small, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      class={`button button-quiet button-icon${small ? " button-small" : ""} ${textOf(rest.class)}`}
      aria-label={label}
      title={label}
    >
      <Icon name={icon} />
    </button>
  );
}

type LinkButtonProps = Look & {
  href: string;
  children: ComponentChildren;
  /** A file, not a page: the browser fetches it. */
  download?: boolean;
  /** Opens elsewhere, in a tab of its own. */
  outside?: boolean;
};

/** A link that looks like a button, because it leads to where the next step is made. */
export function LinkButton({
  kind = "secondary",
  small,
  icon,
  children,
  href,
  download,
  outside,
}: LinkButtonProps) {
  return (
    <a
      href={href}
      class={classOf({ kind, small: small ?? false }, "")}
      {...(download ? { download: true } : {})}
      {...(outside ? { target: "_blank", rel: "noreferrer" } : {})}
    >
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}

function classOf(look: { kind: ButtonKind; small: boolean }, more: unknown): string {
  return `button button-${look.kind}${look.small ? " button-small" : ""} ${textOf(more)}`.trim();
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

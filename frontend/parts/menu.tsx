import "./popover.css";

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { Button } from "./button.tsx";
import type { ButtonKind } from "./button.tsx";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon.tsx";
import { usePopover } from "./use-popover.ts";

export type MenuEntry = {
  label: string;
  icon?: IconName;
  hint?: string;
  current?: boolean;
  danger?: boolean;
} & ({ href: string } | { onSelect: () => void });

export type MenuGroup = readonly MenuEntry[];

type MenuProps = {
  label: string;
  groups: readonly MenuGroup[];
  children?: ComponentChildren;
  icon?: IconName;
  kind?: ButtonKind;
  small?: boolean;
  align?: "start" | "end";
  up?: boolean;
};

/** A button that opens a list of actions; arrows move, Home and End jump, Esc closes. */
export function Menu({
  label,
  groups,
  children,
  icon,
  kind = "secondary",
  small,
  align = "end",
  up,
}: MenuProps) {
  const { open, setOpen, close, anchor, trigger } = usePopover();
  return (
    <div class="popover-anchor" ref={anchor}>
      <Button
        kind={kind}
        small={small ?? false}
        {...(icon ? { icon } : {})}
        buttonRef={trigger}
        class={children ? "" : "button-icon"}
        aria-haspopup="menu"
        aria-expanded={open}
        {...(children ? {} : { "aria-label": label })}
        onClick={() => setOpen(!open)}
      >
        {children}
      </Button>
      {open && (
        <MenuList
          groups={groups}
          label={label}
          close={close}
          place={`popover-${align}${up ? " popover-up" : ""}`}
        />
      )}
    </div>
  );
}

type ListProps = { groups: readonly MenuGroup[]; label: string; close: () => void; place: string };

function MenuList({ groups, label, close, place }: ListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => entriesOf(list.current)[0]?.focus(), []);

  return (
    <div
      class={`popover popover-sheet menu ${place}`}
      role="menu"
      aria-label={label}
      ref={list}
      onKeyDown={(event) => moveFocus(event, list.current)}
    >
      {groups
        .filter((group) => group.length > 0)
        .map((group, index) => (
          <>
            {index > 0 && <div class="menu-line" role="separator" />}
            {group.map((entry) => (
              <MenuRow key={entry.label} entry={entry} close={close} />
            ))}
          </>
        ))}
    </div>
  );
}

function MenuRow({ entry, close }: { entry: MenuEntry; close: () => void }) {
  const look = `menu-entry${entry.danger ? " menu-entry-bad" : ""}${entry.current ? " menu-entry-current" : ""}`;
  const inside = (
    <>
      {entry.icon && <Icon name={entry.icon} />}
      <span class="truncate">{entry.label}</span>
      {entry.hint && <span class="menu-hint">{entry.hint}</span>}
      {entry.current && !entry.hint && (
        <span class="menu-hint">
          <Icon name="check" size={16} />
        </span>
      )}
    </>
  );
  if ("href" in entry) {
    return (
      <a class={look} role="menuitem" tabIndex={-1} href={entry.href} onClick={close}>
        {inside}
      </a>
    );
  }
  const choose = () => {
    close();
    entry.onSelect();
  };
  return (
    <button type="button" class={look} role="menuitem" tabIndex={-1} onClick={choose}>
      {inside}
    </button>
  );
}

const STEP: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

function moveFocus(event: KeyboardEvent, list: HTMLElement | null): void {
  const entries = entriesOf(list);
  const at = entries.findIndex((entry) => entry === document.activeElement);
  const step = STEP[event.key];
  if (step !== undefined) entries[(at + step + entries.length) % entries.length]?.focus();
  else if (event.key === "Home") entries[0]?.focus();
  else if (event.key === "End") entries.at(-1)?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function entriesOf(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
}

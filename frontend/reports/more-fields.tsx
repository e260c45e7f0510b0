import "./content-fields.css";

import type { ComponentChildren } from "preact";

import { Icon } from "#frontend/parts/icon.tsx";

type MoreProps = { title: string; sub: string; isOpen?: boolean; children: ComponentChildren };

/** What most leave as it is, behind a line that says how it stands. */
export function MoreFields({ title, sub, isOpen, children }: MoreProps) {
  return (
    <details class="more-fields" open={isOpen ?? false}>
      <summary>
        <Icon name="chevronRight" size={16} />
        <span>
          <strong>{title}</strong> <span class="muted">{sub}</span>
        </span>
      </summary>
      <div class="form more-body">{children}</div>
    </details>
  );
}

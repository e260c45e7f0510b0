import "./notice.css";

import type { ComponentChildren } from "preact";

import { Icon } from "./icon.tsx";
import type { IconName } from "./icon.tsx";

export type Tone = "note" | "good" | "warn" | "bad";

const ICONS: Record<Tone, IconName> = { note: "note", good: "check", warn: "warning", bad: "danger" };

type NoticeProps = {
  tone?: Tone;
  title: ComponentChildren;
  children?: ComponentChildren;
  action?: ComponentChildren;
};

/** What happened, why, and one button that mends it. */
export function Notice({ tone = "note", title, children, action }: NoticeProps) {
  return (
    <div class={`notice notice-${tone}`} role={tone === "bad" ? "alert" : "status"}>
      <span class="notice-icon">
        <Icon name={ICONS[tone]} />
      </span>
      <div class="notice-text">
        <strong>{title}</strong> {children}
      </div>
      {action}
    </div>
  );
}

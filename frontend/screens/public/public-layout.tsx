import "./public.css";

import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";

import { Logo } from "#frontend/frame/logo.tsx";

type LayoutProps = {
  title: string;
  /** A report takes the width of a page, a question that of a card. */
  isWide?: boolean;
  tools?: ComponentChildren;
  children: ComponentChildren;
};

/** Pages for people without an account: nothing of the dashboard, and nothing for search engines. */
export function PublicLayout({ title, isWide, tools, children }: LayoutProps) {
  useEffect(() => {
    document.title = `${title} · Waymark`;
  }, [title]);
  useEffect(() => {
    const tag = document.createElement("meta");
    tag.name = "robots";
    tag.content = "noindex, nofollow";
    document.head.append(tag);
    return () => tag.remove();
  }, []);
  return (
    <div class={isWide ? "public public-wide" : "public"}>
      <header class="public-head">
        <Logo size={24} />
        {tools && <div class="row public-tools">{tools}</div>}
      </header>
      <main class="public-main">{children}</main>
    </div>
  );
}

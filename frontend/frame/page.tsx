import "./page.css";

import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";

type PageProps = {
  title: string;
  /** In the place of the title, with a heading of its own: where the title can be changed. */
  heading?: ComponentChildren;
  /** Beside the title: a status, a channel. */
  aside?: ComponentChildren;
  back?: { href: string; label: string };
  tools?: ComponentChildren;
  children: ComponentChildren;
};

/** Title at the left, one row of controls at the right, the page under it. */
export function Page({ title, heading, aside, back, tools, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Waymark`;
  }, [title]);
  return (
    <>
      <header class="page-head">
        <div class="page-titles">
          {back && (
            <a class="page-back" href={back.href}>
              ← {back.label}
            </a>
          )}
          {heading ?? <h1>{title}</h1>}
          {aside}
        </div>
        {tools && <div class="page-tools">{tools}</div>}
      </header>
      {children}
    </>
  );
}

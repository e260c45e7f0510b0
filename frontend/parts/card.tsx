import "./card.css";

import type { ComponentChildren } from "preact";

type CardProps = {
  title?: ComponentChildren;
  sub?: ComponentChildren;
  tools?: ComponentChildren;
  /** A table brings its own padding. */
  flush?: boolean;
  id?: string;
  children: ComponentChildren;
};

/** A bounded piece of a page: one subject, its tools at the right. */
export function Card({ title, sub, tools, flush, id, children }: CardProps) {
  return (
    <section class="card" id={id}>
      {(title || tools) && (
        <header class="card-head">
          <div class="card-titles">
            {title && <h2>{title}</h2>}
            {sub && <p class="card-sub">{sub}</p>}
          </div>
          {tools && <div class="card-tools">{tools}</div>}
        </header>
      )}
      <div class={flush ? "card-body card-flush" : "card-body"}>{children}</div>
    </section>
  );
}

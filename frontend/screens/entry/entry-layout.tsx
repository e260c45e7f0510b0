import "./entry.css";

import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";

import { Logo } from "#frontend/frame/logo.tsx";

type EntryProps = {
  title: string;
  lead?: ComponentChildren;
  foot?: ComponentChildren;
  children: ComponentChildren;
};

/** The pages before sign-in: one form, and beside it what the product answers. */
export function EntryLayout({ title, lead, foot, children }: EntryProps) {
  useEffect(() => {
    document.title = `${title} · Waymark`;
  }, [title]);
  return (
    <div class="entry">
      <main class="entry-main">
        <Logo size={30} />
        <div>
          <h1>{title}</h1>
          {lead && <p class="entry-lead">{lead}</p>}
        </div>
        {children}
        {foot && <p class="entry-foot">{foot}</p>}
      </main>
      <aside class="entry-side" aria-label="What Waymark does">
        <p class="entry-claim">Which campaign earned the money, and why.</p>
        <Chain />
      </aside>
    </div>
  );
}

const STEPS = [
  { dot: "var(--cat-6)", what: "Podcast read", when: "Monday, promo code NORD15", share: "⅓" },
  { dot: "var(--cat-1)", what: "Paid search click", when: "Wednesday, utm_campaign=autumn", share: "⅓" },
  { dot: "var(--cat-2)", what: "Newsletter", when: "Friday, short link", share: "⅓" },
  {
    dot: "var(--accent)",
    what: "Order of €120.00",
    when: "Credit in equal parts: €40.00 each, to the cent",
    share: "",
  },
];

/** One journey, as an example. */
function Chain() {
  return (
    <ol class="entry-chain">
      {STEPS.map((step) => (
        <li key={step.what} style={{ "--dot": step.dot }}>
          <strong>{step.what}</strong>
          <b>{step.share}</b>
          <small>{step.when}</small>
        </li>
      ))}
    </ol>
  );
}

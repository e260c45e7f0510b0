import { useContext, useLayoutEffect, useState } from "preact/hooks";

import { endSent, keepDraft, markSent, readDraft } from "#frontend/state/drafts.ts";
import type { DraftFields } from "#frontend/state/drafts.ts";
import { WorkspaceContext } from "#frontend/state/workspace.ts";

type Fields = Record<string, string | boolean>;

type Options<V extends Fields> = {
  /** Which form of the user's it is, with the ids it is about; null keeps nothing. */
  form: string | null;
  initial: V;
  /** Fields that are never kept. */
  secret: readonly string[];
  /** Whether one changed field keeps all: for what is to be made, whose presets may be others when it is back. */
  isWhole?: boolean;
};

export type Draft<V extends Fields> = {
  /** What the fields hold: first what is stored, with what was typed earlier over it. */
  values: V;
  dirty: boolean;
  /** Whether they hold what was typed earlier and not saved. */
  isBack: boolean;
  set: <K extends keyof V>(name: K, value: V[K]) => void;
  /** Does what stores them: `settle` comes after it. */
  send: (store: () => Promise<void>) => Promise<void>;
  /** These values are stored now. */
  settle: (stored: V) => void;
  /** Shows these values as what is stored. */
  reset: (stored: V) => void;
  /** Shows what is stored again. */
  discard: () => void;
};

/** What was typed into a form and not saved outlives the form: closing a dialog or leaving a page loses nothing. */
export function useDraft<V extends Fields>({ form, initial, secret, isWhole = false }: Options<V>): Draft<V> {
  const userId = useContext(WorkspaceContext)?.me.id ?? null;
  const keep = (fields: DraftFields) => {
    if (userId !== null && form !== null) keepDraft(userId, form, fields);
  };
  const [found] = useState(() =>
    userId === null || form === null ? {} : fitting(readDraft(userId, form) ?? {}, initial),
  );
  const [saved, setSaved] = useState<V>(initial);
  const [values, setValues] = useState<V>({ ...initial, ...found });
  const [isBack, setIsBack] = useState(Object.keys(found).length > 0);
  const changes = changed(values, saved);
  const dirty = Object.keys(changes).length > 0;
  const unsaved = without(isWhole && dirty ? values : changes, secret);
  // At once, so that whatever ends the form comes after it.
  useLayoutEffect(() => keep(unsaved));

  const send = async (store: () => Promise<void>) => {
    if (form !== null) markSent(form);
    try {
      await store();
    } catch (error) {
      // The same form, opened and closed meanwhile, may have taken it away.
      if (form !== null && endSent(form)) keep(unsaved);
      throw error;
    }
  };
  const settle = (stored: V) => {
    if (form !== null) endSent(form);
    // The form may be gone by now, and with it what would say that nothing is unsaved.
    keep({});
    setIsBack(false);
    setSaved(stored);
  };
  const reset = (stored: V) => {
    settle(stored);
    setValues(stored);
  };
  return {
    values,
    dirty,
    isBack: isBack && dirty,
    set: (name, value) => setValues((before) => ({ ...before, [name]: value })),
    send,
    settle,
    reset,
    discard: () => reset(saved),
  };
}

/** A form may have other fields by now; what it no longer asks is not brought back. */
function fitting<V extends Fields>(fields: DraftFields, initial: V): Partial<V> {
  const known = Object.entries(fields).filter(([name, value]) => typeof initial[name] === typeof value);
  return Object.fromEntries(known) as Partial<V>;
}

function changed(values: Fields, saved: Fields): DraftFields {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== saved[name]));
}

function without(fields: DraftFields, secret: readonly string[]): DraftFields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !secret.includes(name)));
}

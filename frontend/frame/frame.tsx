import "./frame.css";

import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso";

import { IconButton } from "#frontend/parts/button.tsx";
import { lazy } from "#frontend/parts/lazy.tsx";
import { useHref } from "#frontend/state/links.ts";
import { runShortcut, useShortcuts } from "#frontend/state/shortcuts.ts";
import { useWorkspace } from "#frontend/state/workspace.ts";
import { AccountMenu, initials } from "./account-menu.tsx";
import { ConfirmBanner } from "./confirm-banner.tsx";
import { placesOf } from "./navigation.ts";
import { closeOverlay, keepTyped, openPalette, openShortcutList, overlay } from "./overlays.ts";
import { BottomBar, Rail } from "./rail.tsx";
import { SiteSwitcher } from "./site-switcher.tsx";

const CommandPalette = lazy(
  () => import("./command-palette.tsx").then((module) => module.CommandPalette),
  () => null,
);
const ShortcutList = lazy(
  () => import("./shortcut-list.tsx").then((module) => module.ShortcutList),
  () => null,
);

/** What stands around every signed-in page. */
export function Frame({ children }: { children: ComponentChildren }) {
  const { me } = useWorkspace();
  useGlobalKeys();
  useOverlayOfOnePage();
  return (
    <div class="frame">
      <a class="skip" href="#main" onClick={skipToMain}>
        Skip to content
      </a>
      <Rail />
      <header class="bar-top">
        <SiteSwitcher />
        <div class="row">
          <IconButton icon="search" label="Go to" onClick={openPalette} />
          <AccountMenu align="end">
            <span class="avatar" aria-hidden="true">
              {initials(me.name)}
            </span>
            <span class="sr-only">{me.name}</span>
          </AccountMenu>
        </div>
      </header>
      <main class="main" id="main" tabIndex={-1}>
        <div class="main-inner">
          {!me.emailConfirmed && <ConfirmBanner email={me.email} />}
          {children}
        </div>
      </main>
      <BottomBar />
      {overlay.value === "palette" && <CommandPalette />}
      {overlay.value === "shortcuts" && <ShortcutList />}
    </div>
  );
}

/** What lies over a page goes with it, also when the browser goes back. */
function useOverlayOfOnePage(): void {
  const { path } = useLocation();
  useEffect(() => closeOverlay, [path]);
}

function skipToMain(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

function useGlobalKeys(): void {
  const { route } = useLocation();
  const href = useHref();
  const { me } = useWorkspace();
  useShortcuts([
    { key: "?", label: "List of shortcuts", run: openShortcutList },
    ...placesOf(me).map(({ key, label, path }) => ({
      key,
      label: `Go to ${label}`,
      run: () => route(href(path)),
    })),
  ]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey)) {
        event.preventDefault();
        openPalette();
      } else if (!keepTyped(event)) runShortcut(event);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

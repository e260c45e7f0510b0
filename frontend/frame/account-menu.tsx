import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso";

import { signOut } from "#frontend/api/accounts.ts";
import { Menu } from "#frontend/parts/menu.tsx";
import { theme, toggleTheme } from "#frontend/state/theme.ts";
import { useWorkspace } from "#frontend/state/workspace.ts";
import { ADMIN_PLACES } from "./navigation.ts";
import { openShortcutList } from "./overlays.ts";

type AccountMenuProps = { children: ComponentChildren; align: "start" | "end"; up?: boolean };

/** The person: settings, theme, keys, the way out. */
export function AccountMenu({ children, align, up }: AccountMenuProps) {
  const { me } = useWorkspace();
  const { route } = useLocation();
  const leave = () => void signOut().then(() => route("/sign-in"));
  const groups = [
    [
      { label: "Account settings", icon: "account" as const, href: "/account" },
      {
        label: theme.value === "dark" ? "Light theme" : "Dark theme",
        icon: theme.value === "dark" ? ("sun" as const) : ("moon" as const),
        onSelect: toggleTheme,
      },
      { label: "Documentation", icon: "reports" as const, href: "/docs/" },
      { label: "Keyboard shortcuts", icon: "keyboard" as const, hint: "?", onSelect: openShortcutList },
    ],
    me.superadmin ? ADMIN_PLACES.map(({ label, icon, path }) => ({ label, icon, href: path })) : [],
    [{ label: "Sign out", icon: "signOut" as const, onSelect: leave }],
  ];
  return (
    <Menu label={`Account of ${me.name}`} groups={groups} kind="quiet" align={align} up={up ?? false}>
      <span class="sr-only">Account menu of</span>
      {children}
    </Menu>
  );
}

/** "Mara Lind" → "ML". */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) =>
    String.fromCodePoint(word?.codePointAt(0) ?? 0x20),
  );
  return letters.join("").trim().toUpperCase();
}

// The head of the page: name, search, theme, navigation.
import { useEffect, useRef } from "react";

import { signOut, useIdentity } from "../api/identity";
import { Link } from "../shared/Link";
import { Search } from "../shared/search/Search";
import { useShortcuts } from "../shared/search/shortcut";
import { useContextOfPage } from "./context";
import type { View } from "./registry";
import { navigation } from "./registry";
import { ThemeSwitch } from "./ThemeSwitch";

export function Head({ current }: { current: View | undefined }) {
  const { href } = useContextOfPage();
  const { signedIn } = useIdentity();
  const shortcuts = useShortcuts();
  const menu = useRef<HTMLDetailsElement>(null);
  // The menu of a narrow window closes once one has gone somewhere.
  useEffect(() => menu.current?.removeAttribute("open"), [current]);
  const entries = navigation.map((view) => (
    <li key={view.path}>
      <Link to={href(view.path)} aria-current={view === current ? "page" : undefined}>
        {view.title}
      </Link>
    </li>
  ));
  return (
    <header className="head">
      <div className="head-row">
        <Link to={href("/")} className="name">
          <img src="/mark.svg" alt="" width="28" height="28" />
          Attlas
        </Link>
        <Search inHead shortcut={shortcuts ? "/" : undefined} />
        {signedIn && (
          <button type="button" className="quiet" onClick={signOut}>
            Sign out
          </button>
        )}
        <ThemeSwitch />
        <details className="nav-narrow" ref={menu}>
          <summary>Menu</summary>
          <nav aria-label="Views">
            <ul>{entries}</ul>
          </nav>
        </details>
      </div>
      <nav className="nav-wide" aria-label="Views">
        <ul>{entries}</ul>
      </nav>
    </header>
  );
}

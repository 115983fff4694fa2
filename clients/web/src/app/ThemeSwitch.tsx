// Light or dark: that of the system until the reader chooses.
import { useState } from "react";

type Theme = "light" | "dark";

function themeNow(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === "light" || chosen === "dark") return chosen;
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function ThemeSwitch() {
  const [theme, setTheme] = useState<Theme>(themeNow);
  const other: Theme = theme === "dark" ? "light" : "dark";
  const change = (): void => {
    document.documentElement.dataset.theme = other;
    try {
      // Beside it, only that keys are turned off is ever stored.
      window.localStorage.setItem("theme", other);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
    setTheme(other);
  };
  return (
    <button type="button" className="theme quiet" onClick={change}>
      {other === "dark" ? "Dark" : "Light"}
      <span className="unseen"> theme</span>
    </button>
  );
}

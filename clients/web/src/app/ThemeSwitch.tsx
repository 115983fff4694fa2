// Light or dark, as the reader chooses. Until then, public/theme.js goes by the system.
import { useState } from "react";

type Theme = "light" | "dark";

function themeNow(): Theme {
  return document.documentElement.dataset.theme === "dark" ? "dark" : "light";
}

export function ThemeSwitch() {
  const [theme, setTheme] = useState<Theme>(themeNow);
  const other: Theme = theme === "dark" ? "light" : "dark";
  const change = (): void => {
    document.documentElement.dataset.theme = other;
    document.documentElement.dataset.themeChosen = "yes";
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

// Sets the theme before the first paint, so that styles look at nothing else: the one that the
// reader chose or, until then, that of the system, also when it changes. A file of its own, since
// the page's policy allows no script within the document.
{
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const followSystem = () => {
    if (!root.dataset.themeChosen) root.dataset.theme = system.matches ? "dark" : "light";
  };
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") {
      root.dataset.theme = theme;
      root.dataset.themeChosen = "yes";
    }
  } catch {
    // Without storage no choice is known.
  }
  followSystem();
  system.addEventListener("change", followSystem);
}

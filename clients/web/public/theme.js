// Sets the chosen theme before the first paint. A file of its own, since the page's policy allows
// no script within the document.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Without storage the theme is that of the system.
}

// Before anything is painted: the theme that was chosen here, if one was. Without one the browser's preference counts.
"use strict";
try {
  const chosen = localStorage.getItem("dx-theme");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
} catch { /* A browser that keeps nothing shows its own preference. */ }

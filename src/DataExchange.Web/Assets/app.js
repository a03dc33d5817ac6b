// What the pages do by themselves: the theme, the search as one types, and the checks of the log. Without it they still work.
import { connectProofs } from "./verify.js";

const root = document.documentElement;
const isDark = () => (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

const theme = document.getElementById("theme");
if (theme) {
  const show = () => theme.setAttribute("aria-pressed", String(isDark()));
  theme.hidden = false;
  show();
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("dx-theme", root.dataset.theme); } catch { /* It lasts as long as the page then. */ }
    show();
  });
}

const form = document.getElementById("shelf-form");
if (form) {
  const results = document.getElementById("results");
  const told = document.getElementById("found");
  const patience = 120;
  let timer = 0;
  let asked = 0;

  const parameters = () => {
    const filled = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) filled.set(name, value);
    return filled;
  };

  const search = async (filled) => {
    const number = ++asked;
    const answer = await fetch(`${form.dataset.results}?${filled}`);
    if (number !== asked || !answer.ok) return;
    // The server has escaped what comes from data; as a document of its own nothing of it runs.
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    results.replaceChildren(...found.childNodes);
    told.textContent = results.querySelector("[data-found]").dataset.found;
    const rest = filled.size ? `?${filled}` : "";
    history.replaceState(null, "", form.action.split("?")[0] + rest);
    const language = document.getElementById("language");
    if (language) language.href = language.getAttribute("href").split("?")[0] + rest;
  };

  const soon = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(() => search(parameters()), wait);
  };

  form.addEventListener("input", (event) => soon(event.target.type === "search" ? patience : 0));
  form.addEventListener("submit", (event) => { event.preventDefault(); soon(0); });
  form.addEventListener("reset", () => setTimeout(() => soon(0)));
  form.querySelector("[type=submit]").hidden = true;
}

connectProofs(document);

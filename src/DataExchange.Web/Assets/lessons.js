// What the lessons do by themselves: sandboxes as one changes them, progress, links to copy, proofs. Without it their forms and links do the same.
import { climb, hex } from "./verify.js";

const kept = "dx-lessons";
const [answered, done] = [1, 2];
const read = () => {
  try {
    const found = JSON.parse(localStorage.getItem(kept) ?? "{}");
    return found && typeof found === "object" ? found : {};
  } catch { return {}; }
};
const write = (progress) => { try { localStorage.setItem(kept, JSON.stringify(progress)); } catch { /* It lasts as long as the page then. */ } };

function showList() {
  const told = document.getElementById("lesson-progress");
  if (!told) return;
  const [progress, places] = [read(), [...document.querySelectorAll("[data-progress]")]];
  for (const place of places) {
    const state = progress[place.dataset.progress];
    place.hidden = state !== answered && state !== done;
    place.textContent = state === done ? `✓ ${place.dataset.done}` : state === answered ? place.dataset.answered : "";
  }
  const finished = places.filter((place) => progress[place.dataset.progress] === done).length;
  told.textContent = told.dataset.words.replace("{done}", finished).replace("{all}", places.length);
  told.hidden = false;
  const forget = document.getElementById("lesson-forget");
  forget.hidden = Object.keys(progress).length === 0;
  forget.onclick = () => { try { localStorage.removeItem(kept); } catch { /* Nothing is kept. */ } showList(); };
}

function keepProgress() {
  const lesson = document.getElementById("after")?.dataset.lesson;
  if (!lesson) return;
  if (!read()[lesson]) write({ ...read(), [lesson]: answered });
  const button = document.getElementById("lesson-done");
  const show = () => button.setAttribute("aria-pressed", String(read()[lesson] === done));
  button.hidden = false;
  show();
  button.addEventListener("click", () => {
    write({ ...read(), [lesson]: read()[lesson] === done ? answered : done });
    show();
  });
}

const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

async function checkProof(box) {
  const { entry, index, size, path, root, holds, fails } = box.dataset;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(entry)));
  const hashes = await climb(digest, Number(index), Number(size), path.split(" ").filter(Boolean).map(fromHex));
  const isProved = hashes !== null && hex(hashes.at(-1)) === root;
  const verdict = box.querySelector(".verdict");
  verdict.textContent = `${isProved ? "✓" : "✗"} ${isProved ? holds : fails}`;
  verdict.classList.add(isProved ? "holds" : "fails");
}

function connectSandbox() {
  const form = document.getElementById("lesson-form");
  if (!form) return;
  const [result, said, link] = ["lesson-result", "lesson-said", "lesson-link"].map((id) => document.getElementById(id));
  const language = document.getElementById("language");
  const patience = 150;
  let [timer, asked] = [0, 0];

  const checkProofs = () => { for (const box of result.querySelectorAll(".proof")) checkProof(box); };

  const refresh = async () => {
    const number = ++asked;
    const query = new URLSearchParams(new FormData(form));
    const answer = await fetch(`${form.dataset.results}?${query}`);
    if (number !== asked || !answer.ok) return;
    // The server has escaped what was entered; as a document of its own nothing of it runs.
    const board = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-said]");
    const focused = document.activeElement?.closest("a[data-value]")?.textContent;
    result.replaceChildren(board);
    said.textContent = board.dataset.said;
    link.href = board.dataset.share;
    history.replaceState(null, "", `?${query}`);
    if (language) language.href = `${language.getAttribute("href").split("?")[0]}?${query}`;
    if (focused) [...result.querySelectorAll("a[data-value]")].find((one) => one.textContent === focused)?.focus();
    checkProofs();
  };

  const soon = (wait) => { clearTimeout(timer); timer = setTimeout(refresh, wait); };

  form.addEventListener("input", (event) => soon(event.target.tagName === "SELECT" ? 0 : patience));
  form.addEventListener("submit", (event) => { event.preventDefault(); soon(0); });
  form.querySelector("[type=submit]").hidden = true;
  result.addEventListener("click", (event) => {
    const move = event.target.closest("a[data-value]");
    if (!move || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    form.elements[move.dataset.field].value = move.dataset.value;
    soon(0);
  });
  checkProofs();

  const [copy, copied] = [document.getElementById("lesson-copy"), document.getElementById("lesson-copied")];
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(link.href);
      copied.textContent = copy.dataset.copied;
    } catch {
      copied.textContent = `${copy.dataset.manual} ${link.href}`;
    }
  });
}

// On paper an address needs its beginning.
const where = document.getElementById("lesson-where");
if (where) where.textContent = location.origin + where.textContent;

const print = document.getElementById("lesson-print");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}

showList();
keepProgress();
connectSandbox();

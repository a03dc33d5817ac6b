// Checks in the browser, with its own cryptography, that a fact is a leaf of a venue's log: nothing that the server says is believed but the
// log's public key. Rules: RFC 9162 section 2.1.3; the head is a signed note as witnesses of transparency logs write it.
const utf8 = new TextEncoder();
const sha256 = async (...parts) => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
};
const leafHash = (leaf) => sha256(Uint8Array.of(0), leaf);
const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right);
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const fromHex = (text) => {
  if (!/^([0-9a-f]{2})+$/.test(text)) throw new Error("hex");
  return Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
};
const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

/** The hashes on the way from a leaf to the root, the leaf's own first; null where the path does not fit the tree. */
export async function climb(digest, index, size, path) {
  if (index < 0 || index >= size) return null;
  let [fn, sn] = [BigInt(index), BigInt(size) - 1n];
  const hashes = [await leafHash(digest)];
  for (const part of path) {
    if (sn === 0n) return null;
    const hash = hashes.at(-1);
    if ((fn & 1n) === 1n || fn === sn) {
      hashes.push(await nodeHash(part, hash));
      while ((fn & 1n) === 0n && fn !== 0n) { fn >>= 1n; sn >>= 1n; }
    } else {
      hashes.push(await nodeHash(hash, part));
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n ? hashes : null;
}

/** Reads a signed note: origin, size and root of the head, and its signatures. */
export function readNote(text) {
  const end = text.lastIndexOf("\n\n");
  if (end < 0) throw new Error("note");
  const signed = text.slice(0, end + 1);
  const [origin, size, root] = signed.split("\n");
  const signatures = text.slice(end + 2).trimEnd().split("\n").map((line) => {
    const [, name, base64] = line.split(" ");
    const bytes = fromBase64(base64 ?? "");
    return { name, id: bytes.slice(0, 4), signature: bytes.slice(4) };
  });
  return { signed, origin, size: Number(size), root: fromBase64(root), signatures };
}

// ECDSA signatures are DER in the note; the browser takes the two numbers at 32 bytes each.
function plainSignature(der) {
  const numbers = [];
  let at = 2;
  for (let i = 0; i < 2; i++) {
    if (der[at] !== 2) throw new Error("der");
    const length = der[at + 1];
    const number = der.slice(at + 2, at + 2 + length);
    const trimmed = number.slice(Math.max(0, number.length - 32));
    numbers.push(new Uint8Array(32 - trimmed.length), trimmed);
    at += 2 + length;
  }
  return Uint8Array.from(numbers.flatMap((part) => [...part]));
}

async function isSigned(note, publicKey) {
  const spki = fromBase64(publicKey);
  const id = (await sha256(spki)).slice(0, 4);
  const key = await crypto.subtle.importKey("spki", spki, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  for (const one of note.signatures) {
    if (one.name === note.origin && same(one.id, id)) {
      return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, plainSignature(one.signature), utf8.encode(note.signed));
    }
  }
  return false;
}

/** Checks a proof with an entry, which may be another than the proof's own. Each step says whether it holds. */
export async function check(proof, entry) {
  const note = readNote(proof.checkpoint);
  const digest = await sha256(utf8.encode(entry));
  const hashes = await climb(digest, proof.leaf, note.size, proof.path.map(fromHex));
  const root = hashes?.at(-1) ?? null;
  const holds = {
    digest: hex(digest) === proof.digest,
    path: root !== null && same(root, note.root),
    origin: note.origin === proof.origin,
    signature: await isSigned(note, proof.publicKey),
  };
  return { holds, isProved: Object.values(holds).every(Boolean), digest: hex(digest), hashes: (hashes ?? []).map(hex), root: hex(note.root), size: note.size };
}

function element(name, text, kind) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

function show(panel, words, proof, checked) {
  const steps = element("ul", undefined, "steps");
  for (const [step, holds] of Object.entries(checked.holds)) {
    steps.append(element("li", `${holds ? "✓" : "✗"} ${words[step]}`, holds ? "holds" : "fails"));
  }
  const verdict = element("p", checked.isProved ? words.proved : words.refuted, checked.isProved ? "verdict holds" : "verdict fails");
  const list = element("ol", undefined, "path");
  for (const [i, hash] of checked.hashes.entries()) {
    const line = element("li");
    const isLast = i === checked.hashes.length - 1;
    line.append(element("span", i === 0 ? words.leaf : isLast ? words.top : words.node), " ", element("code", hash));
    if (i < proof.path.length) line.append(element("br"), element("span", words.beside), " ", element("code", proof.path[i]));
    list.append(line);
  }
  const expected = element("p");
  expected.append(element("span", words.head), " ", element("code", checked.root));
  panel.replaceChildren(verdict, steps, expected, list);
}

async function connect(box, words) {
  const [panel, button] = [box.querySelector(".proof-panel"), box.querySelector("button")];
  const [copy, restore] = [box.querySelector("textarea"), box.querySelector(".restore")];
  let proof = null;
  let number = 0;
  const run = async () => {
    const mine = ++number;
    try {
      if (!proof) {
        const answer = await fetch(box.dataset.proof);
        if (!answer.ok) throw new Error(String(answer.status));
        proof = await answer.json();
        if (copy) {
          copy.value = proof.entry;
          copy.closest(".tamper").hidden = false;
        }
      }
      const checked = await check(proof, copy ? copy.value : proof.entry);
      if (mine === number) show(panel, words, proof, checked);
    } catch {
      panel.replaceChildren(element("p", words.missing, "verdict fails"));
    }
  };
  button.hidden = false;
  button.addEventListener("click", run);
  copy?.addEventListener("input", run);
  restore?.addEventListener("click", () => { copy.value = proof.entry; run(); });
  if (box.dataset.now !== undefined) await run();
}

/** Makes every place of a page that names a proof check it when asked. */
export function connectProofs(page) {
  const words = page.getElementById("proof-words");
  if (!words) return;
  for (const box of page.querySelectorAll("[data-proof]")) connect(box, { ...words.dataset });
}

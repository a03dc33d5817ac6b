#!/usr/bin/env node
// Checks what `dx log` hands out, with nothing of DataExchange: only Node's own crypto.
//   node verify-log.mjs proof.json [key.pem]              a leaf is in the log      (dx log prove ... --out proof.json)
//   node verify-log.mjs consistency.json                  one head begins another   (dx log consistency M N --json)
// Rules: RFC 9162 sections 2.1.1 to 2.1.4; notes as witnesses of transparency logs sign them. Exit code 0 when it holds, 1 when not.
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const leafHash = (leaf) => sha256(Buffer.from([0]), leaf);
const nodeHash = (left, right) => sha256(Buffer.from([1]), left, right);
const fail = (why) => { console.log("NOT proved: " + why); process.exit(1); };
const bytes = (hex) => /^[0-9a-f]{64}$/.test(hex) ? Buffer.from(hex, "hex") : fail(`'${hex}' is no hash`);

function rootFromInclusion(leaf, index, size, path) {
  if (index >= size) return null;
  let [fn, sn, hash] = [BigInt(index), BigInt(size) - 1n, leaf];
  for (const part of path) {
    if (sn === 0n) return null;
    if ((fn & 1n) === 1n || fn === sn) {
      hash = nodeHash(part, hash);
      while ((fn & 1n) === 0n && fn !== 0n) { fn >>= 1n; sn >>= 1n; }
    } else {
      hash = nodeHash(hash, part);
    }
    fn >>= 1n; sn >>= 1n;
  }
  return sn === 0n ? hash : null;
}

function isConsistent(first, firstRoot, second, secondRoot, path) {
  if (first === 0) return path.length === 0;
  if (first === second) return path.length === 0 && firstRoot.equals(secondRoot);
  if (first > second || path.length === 0) return false;
  const parts = (first & (first - 1)) === 0 ? [firstRoot, ...path] : path;
  let [fn, sn] = [BigInt(first) - 1n, BigInt(second) - 1n];
  while ((fn & 1n) === 1n) { fn >>= 1n; sn >>= 1n; }
  let [a, b] = [parts[0], parts[0]];
  for (const part of parts.slice(1)) {
    if (sn === 0n) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      a = nodeHash(part, a);
      b = nodeHash(part, b);
      while ((fn & 1n) === 0n && fn !== 0n) { fn >>= 1n; sn >>= 1n; }
    } else {
      b = nodeHash(b, part);
    }
    fn >>= 1n; sn >>= 1n;
  }
  return sn === 0n && a.equals(firstRoot) && b.equals(secondRoot);
}

function readNote(text, key) {
  const end = text.lastIndexOf("\n\n");
  if (end < 0) fail("the checkpoint is no note");
  const signed = text.slice(0, end + 1);
  const id = sha256(key.export({ type: "spki", format: "der" })).subarray(0, 4);
  const [origin, size, root] = signed.split("\n");
  const isSigned = text.slice(end + 2).trimEnd().split("\n").some((line) => {
    const [dash, name, base64] = line.split(" ");
    const signature = Buffer.from(base64 ?? "", "base64");
    return dash === "—" && name === origin && signature.subarray(0, 4).equals(id)
      && verify("sha256", Buffer.from(signed), { key, dsaEncoding: "der" }, signature.subarray(4));
  });
  if (!isSigned) fail("the key has not signed the checkpoint");
  return { origin, size: Number(size), root: Buffer.from(root, "base64") };
}

const [file, pem] = process.argv.slice(2);
const proof = JSON.parse(readFileSync(file, "utf8"));
if (proof.format === "dataexchange-log-proof/1") {
  const key = createPublicKey(pem ? readFileSync(pem) : { key: Buffer.from(proof.publicKey, "base64"), format: "der", type: "spki" });
  const head = readNote(proof.checkpoint, key);
  if (head.origin !== proof.origin) fail("the checkpoint is of another log");
  const digest = sha256(Buffer.from(proof.entry));
  if (!digest.equals(bytes(proof.digest))) fail("the digest is not that of the entry");
  const root = rootFromInclusion(leafHash(digest), proof.leaf, head.size, proof.path.map(bytes));
  if (!root?.equals(head.root)) fail(`the path does not lead from leaf ${proof.leaf} to the head`);
  console.log(`proved: leaf ${proof.leaf} of ${head.origin}, size ${head.size}` + (pem ? "" : ", by the key in the file itself"));
} else if (Array.isArray(proof.path) && "rootM" in proof) {
  if (!isConsistent(proof.m, bytes(proof.rootM), proof.n, bytes(proof.rootN), proof.path.map(bytes))) fail("the first head is not the beginning of the second");
  console.log(`proved: ${proof.m} leaves of ${proof.origin} are the beginning of ${proof.n}`);
} else {
  fail("the file is neither a proof of a leaf nor of consistency");
}

#!/usr/bin/env node
// Checks a certificate, a data invoice or the text of its QR code with nothing of DataExchange: only Node's own crypto.
//   node verify-voucher.mjs certificate.json [venue.pem] [2025-03-31T00:00:00+08:00]
//   node verify-voucher.mjs qr.txt venue.pem
// Rules: docs/vouchers.md; W3C Data Integrity with ecdsa-jcs-2019, RFC 8785, RFC 9162 section 2.1.3, did:key. Exit code 0 when it holds, 1 when not.
import { createHash, createPublicKey, ECDH, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const fail = (why) => { console.log("NOT verified: " + why); process.exit(1); };
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const der = (key) => key.export({ type: "spki", format: "der" });
const idOf = (key) => sha256(der(key)).subarray(0, 4).toString("hex");

// RFC 8785: names in the order of their UTF-16 units, which is how JavaScript compares; strings and whole numbers as JSON.stringify writes them.
function canonical(value) {
  if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
  if (value !== null && typeof value === "object") {
    return "{" + Object.keys(value).sort().map((name) => JSON.stringify(name) + ":" + canonical(value[name])).join(",") + "}";
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) fail(`the number ${value} is not whole`);
  return JSON.stringify(value);
}

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
function base58(text) {
  let number = 0n;
  for (const letter of text) {
    const digit = ALPHABET.indexOf(letter);
    if (digit < 0) fail(`'${letter}' is no letter of base58btc`);
    number = number * 58n + BigInt(digit);
  }
  const hex = number === 0n ? "" : number.toString(16);
  return Buffer.concat([Buffer.alloc(text.match(/^1*/)[0].length), Buffer.from(hex.length % 2 ? "0" + hex : hex, "hex")]);
}

function keyOfDid(did) {
  if (!/^did:key:z/.test(did)) fail(`'${did}' is no did:key`);
  const bytes = base58(did.slice("did:key:z".length));
  if (bytes.length !== 35 || bytes[0] !== 0x80 || bytes[1] !== 0x24) fail(`'${did}' is no key on P-256`);
  let point;
  try { point = ECDH.convertKey(bytes.subarray(2), "prime256v1", null, null, "uncompressed"); } catch { fail(`'${did}' is no point of P-256`); }
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString("base64url"));
  return createPublicKey({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" });
}

function verifyProof(document, key) {
  const { proof, ...unsigned } = document;
  const { proofValue, ...options } = proof ?? fail("there is no proof");
  if (proof.type !== "DataIntegrityProof" || proof.cryptosuite !== "ecdsa-jcs-2019" || proof.proofPurpose !== "assertionMethod") fail("the proof is of another kind");
  if (canonical(options["@context"] ?? null) !== canonical(document["@context"] ?? null)) fail("the proof has another context");
  const data = Buffer.concat([sha256(canonical(options)), sha256(canonical(unsigned))]);
  if (!verify("sha256", data, { key, dsaEncoding: "ieee-p1363" }, base58(String(proofValue).slice(1)))) fail("the key has not signed this document, or it was changed since");
}

function rootFrom(leaf, index, size, path) {
  let [fn, sn, hash] = [BigInt(index), BigInt(size) - 1n, leaf];
  if (fn > sn) return null;
  for (const part of path) {
    if (sn === 0n) return null;
    if ((fn & 1n) === 1n || fn === sn) {
      hash = sha256(Buffer.from([1]), part, hash);
      while ((fn & 1n) === 0n && fn !== 0n) { fn >>= 1n; sn >>= 1n; }
    } else {
      hash = sha256(Buffer.from([1]), hash, part);
    }
    fn >>= 1n; sn >>= 1n;
  }
  return sn === 0n ? hash : null;
}

function factsOf(evidence, key) {
  const end = evidence.checkpoint.lastIndexOf("\n\n");
  const text = evidence.checkpoint.slice(0, end + 1);
  const [origin, size, root] = text.split("\n");
  const isSigned = evidence.checkpoint.slice(end + 2).trimEnd().split("\n").some((line) => {
    const [dash, name, base64] = line.split(" ");
    const signature = Buffer.from(base64 ?? "", "base64");
    return dash === "—" && name === origin && signature.subarray(0, 4).toString("hex") === idOf(key)
      && verify("sha256", Buffer.from(text), { key, dsaEncoding: "der" }, signature.subarray(4));
  });
  if (!isSigned || origin !== evidence.origin) fail("the key has not signed the head of the log");
  return evidence.facts.map((fact) => {
    const leaf = sha256(Buffer.from([0]), sha256(fact.entry));
    const computed = rootFrom(leaf, fact.leaf, Number(size), fact.path.map((hash) => Buffer.from(hash, "hex")));
    if (!computed?.equals(Buffer.from(root, "base64"))) fail(`leaf ${fact.leaf} does not lead to the head of the log`);
    const [stream, , type, json] = fact.entry.split("\n");
    return { stream, type, data: JSON.parse(json) };
  });
}

function compare(document, facts) {
  const subject = document.credentialSubject;
  const isInvoice = document.type.includes("ComplianceCirculationCertificate");
  const anchor = facts.find((fact) => isInvoice
    ? fact.type === "data_invoice_issued.v1" && fact.stream === "settlement/" + subject.deal
    : /^(rights_certified|certificate_renewed|rights_transferred)\.v1$/.test(fact.type) && fact.stream === "product/" + subject.product);
  if (!anchor) fail("the fact that the document stands for is not among its facts");
  const said = isInvoice
    ? [[anchor.data.deal, subject.deal], [anchor.data.invoice, subject.invoice], [anchor.data.amountFen, subject.price.amountFen], [anchor.data.digest, subject.compliance.digest]]
    : [[anchor.data.product, subject.product], [anchor.data.certificate, subject.certificate], [anchor.data.holder ?? anchor.data.newHolder, subject.holder.party],
      [anchor.data.rights, subject.rights], [anchor.data.validUntil, document.validUntil]];
  said.push([anchor.data.at, document.validFrom], ["info:hdl/" + (isInvoice ? subject.invoice : subject.certificate), document.id]);
  for (const [fact, word] of said) if (canonical(fact ?? null) !== canonical(word ?? null)) fail(`the document says ${canonical(word ?? null)}, the log ${canonical(fact ?? null)}`);
}

const [file, pem, at] = process.argv.slice(2);
const bytes = readFileSync(file);
const trusted = pem ? createPublicKey(readFileSync(pem)) : null;
if (bytes.subarray(0, 5).toString() === "DXV1|") {
  const text = bytes.toString().trimEnd();
  const [signed, signature] = [text.slice(0, text.lastIndexOf("|")), text.slice(text.lastIndexOf("|") + 1)];
  if (!trusted) fail("a QR code does not hold the key: give it");
  if (text.split("|").length !== 8 || text.split("|")[6] !== idOf(trusted)) fail("the code is of another key");
  const raw = Buffer.from(signature, "base64url");
  if (raw.toString("base64url") !== signature || !verify("sha256", Buffer.from(signed), { key: trusted, dsaEncoding: "ieee-p1363" }, raw)) fail("the key has not signed this code");
  console.log(`verified: ${text.split("|")[2]}, document SHA-256 ${Buffer.from(text.split("|")[5], "base64url").toString("hex")}`);
} else {
  let document;
  try { document = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)); } catch (wrong) { fail(wrong.message); }
  if (!bytes.equals(Buffer.from(canonical(document) + "\n"))) fail("the file is not in canonical form: it was changed or written anew");
  if (!document.issuer?.id) fail("the document names no issuer");
  const key = trusted ?? keyOfDid(document.issuer.id);
  if (!der(keyOfDid(document.issuer.id)).equals(der(key))) fail(`it is signed by ${document.issuer.id}, not by the key given`);
  verifyProof(document, key);
  compare(document, factsOf(document.evidence[0], key));
  const moment = Date.parse(at ?? document.proof.created);
  if (moment < Date.parse(document.validFrom) || (document.validUntil && moment >= Date.parse(document.validUntil))) fail(`it is valid from ${document.validFrom} to ${document.validUntil}`);
  if ((document.credentialSubject.status ?? "InForce") !== "InForce" && moment >= Date.parse(document.credentialSubject.lapsedAt)) fail(`the certificate is no longer in force: ${document.credentialSubject.status}`);
  console.log(`verified: ${document.id} by key ${idOf(key)}` + (trusted ? "" : ", which is the one in the file itself"));
}

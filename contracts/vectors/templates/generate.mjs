// Writes sketches.json. An implementation of its own, in another language than the product's, so that the product is compared
// with something that is not the product; it shares only the fold table. Also the shortest description of ad-1:
//   node generate.mjs < ads.txt > sketches.json           (one JSON string a line)
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const table = new URL("../../SignalExchange.Tokens/Templates/Folding/ad-fold.txt", import.meta.url);
const sections = {};
let section;
for (const line of readFileSync(table, "utf8").split("\n")) {
  if (line.startsWith("[")) sections[line.slice(1, -1)] = section = [];
  else if (line && !line.startsWith("#")) section.push(line);
}
const hex = (field) => parseInt(field, 16);
const points = (name) => new Set(sections[name].flatMap((line) => {
  const [first, last = first] = line.split("-").map(hex);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}));
const [letters, noBlanks, unseen] = ["letter", "letter-without-blanks", "unseen"].map(points);
const folds = new Map(sections.fold.map((line) => line.split(" ").map(hex)).map(([from, ...to]) => [from, to]));

// 1. Fold. A character is a code point; 0x20 ends words.
const single = (cp) => (letters.has(cp) || noBlanks.has(cp) || (cp > 0x20 && cp < 0x7f) ? cp : 0x20);
const fold = (cp) => {
  if (cp >= 0xac00 && cp <= 0xd7a3) return [...String.fromCodePoint(cp).normalize("NFD")].flatMap((c) => fold(c.codePointAt(0)));
  if (unseen.has(cp)) return [];
  return (folds.get(cp) ?? [cp]).map(single);
};
const text = (cps) => cps.map((cp) => String.fromCodePoint(cp)).join("");
const isLetter = (c) => letters.has(c.codePointAt(0)) || noBlanks.has(c.codePointAt(0));
const isSign = (c) => c > " " && c <= "~" && !/[a-z0-9]/.test(c);

// 2. Drop addresses, token by token. A token is cut after 256 characters; what follows an address up to the blank is dropped.
const endings = new Set("com net org edu gov mil info biz name xyz top site online shop club live app dev link vip chat tel mobi asia io tv cc co ly gg uk ca au nz de fr nl es pt ru ua br mx ar cl jp cn hk tw kr sg ph th vn tr gr se dk fi pl cz ch eu ie za ng ke".split(" "));
const hasSignBut = (chars, allowed) => chars.some((c) => isSign(c) && !allowed.includes(c));
const isHost = (chars, anyEnding) => {
  const slash = chars.indexOf("/");
  const host = slash < 0 ? chars : chars.slice(0, slash);
  const dot = host.lastIndexOf(".");
  if (dot <= 0 || hasSignBut(host, "-._")) return false;
  const ending = host.slice(dot + 1);
  return anyEnding || slash > 0 ? ending.length >= 2 && ending.every(isLetter) : endings.has(ending.join(""));
};
const isAddress = (chars) => {
  let [start, end] = [0, chars.length];
  while (end > start && isSign(chars[end - 1]) && chars[end - 1] !== "/") end--;
  while (start < end && isSign(chars[start]) && chars[start] !== "@") start++;
  chars = chars.slice(start, end);
  const at = chars.indexOf("@");
  if (at === 0) return chars.length > 5 && !hasSignBut(chars.slice(1), "_.");
  if (at > 0) return isHost(chars.slice(at + 1), true);
  return (chars.length > 4 && chars.slice(0, 4).join("") === "www.") || isHost(chars, false);
};

// 3. Drop numbers, read leet.
const spelled = new Set("zero one two three four five six seven eight nine".split(" "));
const units = new Set("st rd th am pm hr hrs min mins yo yr yrs lb lbs kg cm mm km usd eur gbp".split(" "));
const doubtfulUnits = new Set("nd s m k x h".split(" "));
const signs = { "@": "a", $: "s", "!": "i", "|": "i" };
const digits = { 0: "o", 1: "i", 3: "e", 4: "a", 5: "s", 7: "t", 8: "b", 9: "g" };
const isDigit = (c) => /^[0-9]$/.test(c);
const isPart = (c) => isLetter(c) || isDigit(c) || c in signs;

const sketch = (raw) => {
  const skeleton = [];
  let words = 0;
  // 4. Join letters.
  const add = (c) => {
    const letter = c === "l" ? "i" : c;
    if (skeleton.length < 4000 && skeleton.at(-1) !== letter) skeleton.push(letter);
  };
  const readWord = (word) => {
    while (word.length && isSign(word.at(-1)) && word.at(-1) !== "$") word = word.slice(0, -1);
    while (word.length && (word[0] === "!" || word[0] === "|")) word = word.slice(1);
    if (!word.some(isLetter)) return;
    const read = [];
    for (let i = 0; i < word.length; i++) {
      let run = 0;
      while (i + run < word.length && isDigit(word[i + run])) run++;
      if (run >= 3) { i += run - 1; continue; }
      const letter = isLetter(word[i]) ? word[i] : isDigit(word[i]) ? digits[word[i]] : signs[word[i]];
      if (letter) read.push(letter);
    }
    let leading = 0;
    while (isDigit(word[leading])) leading++;
    const rest = word.slice(leading).join("");
    if (leading > 0 ? units.has(rest) || (leading > 1 && doubtfulUnits.has(rest)) : spelled.has(read.join(""))) return;
    read.forEach(add);
    words += Math.ceil(word.reduce((sum, c) => sum + (noBlanks.has(c.codePointAt(0)) ? 4 : 1), 0) / 8);
  };
  const readWords = (piece) => {
    let word = [];
    for (const c of [...piece, " "]) {
      if (isPart(c)) word.push(c);
      else { readWord(word); word = []; }
    }
  };
  let token = [];
  let isInAddress = false;
  const endToken = (isCut) => {
    if (!isInAddress) {
      let piece = [];
      const endPiece = () => {
        let scheme = -1;
        for (let i = 1; i + 2 < piece.length && scheme < 0; i++) if (piece.slice(i, i + 3).join("") === "://") scheme = i;
        isInAddress = scheme >= 0;
        while (scheme > 0 && isLetter(piece[scheme - 1])) scheme--;
        if (isInAddress) piece = piece.slice(0, scheme);
        if (isAddress(piece)) isInAddress = true;
        else readWords(piece);
        piece = [];
      };
      for (const c of token) {
        if ("<>()[]{}\"".includes(c)) endPiece();
        else piece.push(c);
      }
      if (piece.length) endPiece();
    }
    token = [];
    isInAddress = isCut && isInAddress;
  };
  reading: {
    for (const c of raw) {
      for (const cp of fold(c.codePointAt(0))) {
        if (cp === 0x20) endToken(false);
        else {
          if (token.length === 256) endToken(true);
          token.push(String.fromCodePoint(cp));
        }
      }
      if (skeleton.length === 4000) break reading;
    }
    endToken(false);
  }

  // 5. Shingles, least values, bands.
  const mask = (1n << 64n) - 1n;
  const shingles = new Set();
  for (let i = 0; i < skeleton.length; i++) {
    const length = noBlanks.has(skeleton[i].codePointAt(0)) ? 3 : 6;
    if (i + length > skeleton.length) continue;
    let h = 0n;
    for (const c of skeleton.slice(i, i + length)) h = ((h + BigInt(c.codePointAt(0))) * 0x9e3779b97f4a7c15n) & mask;
    h ^= h >> 32n;
    shingles.add(Number(((h * 0xd6e8feb86659fd93n) & mask) >> 32n));
  }
  const result = { skeleton: skeleton.join(""), words, shingles: shingles.size };
  const refused = skeleton.length === 0 ? "AD_NO_LETTERS"
    : skeleton.length < 120 ? "AD_TOO_SHORT"
    : words < 20 ? "AD_TOO_FEW_WORDS"
    : shingles.size < 100 ? "AD_TOO_REPETITIVE" : undefined;
  if (refused) return { ...result, refused };
  const least = Array.from({ length: 144 }, (_, i) => {
    const d = createHash("sha256").update(`SignalExchange/ad/v1/perm/${i}`).digest();
    const [a, b] = [(d.readUInt32BE(0) | 1) >>> 0, d.readUInt32BE(4)];
    return Math.min(...[...shingles].map((x) => (Math.imul(a, x) + b) >>> 0));
  });
  const bands = Array.from({ length: 48 }, (_, band) => {
    const input = Buffer.alloc(19);
    input.write("SXad1\0", "latin1");
    input[6] = band;
    for (let row = 0; row < 3; row++) input.writeUInt32BE(least[3 * band + row], 7 + 4 * row);
    return createHash("sha256").update(input).digest("hex");
  });
  return { ...result, bands };
};

const escape = (json) => json.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
const rows = readFileSync(0, "utf8").split("\n").filter((line) => line).map((line) => JSON.parse(line));
console.log("[\n" + rows.map((row) => "  " + escape(JSON.stringify({ raw: row, ...sketch(row) }))).join(",\n") + "\n]");

// Writes confusables.txt from the npm package "unhomoglyph" (1.0.6), which carries Unicode's confusables.txt as JSON:
//   npm install unhomoglyph@1.0.6 && node generate-confusables.mjs node_modules/unhomoglyph/data.json > confusables.txt
// One line a character: code point, tab, code points of its prototype. The output is data of the canonical forms' version: do not
// run this again for "canon-1"; a newer table is a new version.
import { readFileSync } from "node:fs";

const data = JSON.parse(readFileSync(process.argv[2], "utf8"));
const hex = (text) => [...text].map((c) => c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")).join(" ");
const rows = Object.entries(data)
  .filter(([from, to]) => [...from].length === 1 && to.length > 0 && from !== to)
  .map(([from, to]) => [from.codePointAt(0), to])
  .sort(([a], [b]) => a - b);
console.log("# Prototypes of confusable characters, from Unicode's confusables.txt (UTS #39).");
console.log("# Copyright Unicode, Inc. See UNICODE-LICENSE.txt beside this file.");
for (const [from, to] of rows) {
  console.log(`${hex(String.fromCodePoint(from))}\t${hex(to)}`);
}

// Blinds and finalises with @cloudflare/voprf-ts, in the conversation that Processes/ChildProcess.cs describes.
// Argument: the folder whose node_modules has the package. What the key holder does between is not counted.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(`${process.argv[2]}/`));
const { Oprf, VOPRFClient, VOPRFServer, generatePublicKey, randomPrivateKey } = require("@cloudflare/voprf-ts");
const { CryptoNoble } = require("@cloudflare/voprf-ts/crypto-noble");

const batch = 32;
const suite = Oprf.Suite.RISTRETTO255_SHA512;
const secret = await randomPrivateKey(suite, CryptoNoble);
const server = new VOPRFServer(suite, secret, CryptoNoble);
const client = new VOPRFClient(suite, generatePublicKey(suite, secret, CryptoNoble), CryptoNoble);
const inputs = Array.from({ length: batch }, (_, i) => new TextEncoder().encode(`+316${10000000 + i}`));
const say = (message) => process.stdout.write(`@ ${JSON.stringify(message)}\n`);

say("ready");
for await (const line of createInterface({ input: process.stdin })) {
  const { seconds } = JSON.parse(line);
  const took = [];
  for (let counted = 0; counted < 1000 * seconds; counted += took.at(-1)) {
    const begun = performance.now();
    const [data, request] = await client.blind(inputs);
    const blinded = performance.now();
    const evaluation = await server.blindEvaluate(request);
    const answered = performance.now();
    await client.finalize(data, evaluation);
    took.push(performance.now() - answered + blinded - begun);
  }
  const total = took.reduce((sum, time) => sum + time, 0);
  took.sort((left, right) => left - right);
  const at = (share) => took[Math.floor(share * (took.length - 1))];
  say({ calls: took.length, seconds: total / 1000, p50: at(0.5), p99: at(0.99), p999: at(0.999) });
}

// node writ-verify-node.mjs PATH... [--key KEY] [--checkpoints FOLDER]: the page's verifier on the command line; one line of JSON a path.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import "./writ-verify.js";

const { verify, readKey, BadInput } = globalThis.WritVerify;

const files = (folder, prefix = "") => readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? files(folder, `${prefix}${entry.name}/`) : [[prefix + entry.name, new Uint8Array(readFileSync(join(folder, prefix + entry.name)))]]);
const mapOf = (path) => new Map(statSync(path).isDirectory() ? files(path) : [[basename(path), new Uint8Array(readFileSync(path))]]);

const paths = process.argv.slice(2);
const option = (name) => (paths.includes(name) ? paths.splice(paths.indexOf(name), 2)[1] : null);
const [givenKey, folder] = [option("--key"), option("--checkpoints")];
try {
  const key = givenKey ? readKey(existsSync(givenKey) ? readFileSync(givenKey, "utf8") : givenKey) : null;
  let sound = true;
  for (const path of paths) {
    const ledgers = verify(basename(resolve(path)), mapOf(path), folder && mapOf(folder), key);
    const good = ledgers.every((report) => report.sound);
    console.log(JSON.stringify({ path, sound: good, ledgers }));
    sound &&= good;
  }
  process.exitCode = sound ? 0 : 1;
} catch (problem) {
  if (!(problem instanceof BadInput) && problem.code === undefined) throw problem;
  console.error(`writ-verify: ${problem.message}`);
  process.exitCode = 2;
}

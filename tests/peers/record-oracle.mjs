// Validates records of a ledger against the published schema, with ajv: its argument is the schema's file; a line of JSON each on standard
// input, a line each on standard output: "ok", or what is wrong. Ends with its input.
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';

const ajv = new Ajv2020({ strict: false, validateFormats: false });
const schema = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const validate = ajv.compile(schema);

/** What is wrong, as the definition of the record's own kind sees it: the alternatives would drown it. */
function complaint(record) {
  const kind = record.kind ?? 'control';
  const action = kind === 'control' ? record.action?.kind : undefined;
  const own = schema.$defs[`control/${action}`] ? `control~1${action}` : schema.$defs[kind] ? kind : undefined;
  const one = own && ajv.getSchema(`${schema.$id}#/$defs/${own}`);
  const errors = one && !one(action ? record.action : record) ? one.errors : validate.errors;
  return JSON.stringify(errors.map(error => `${error.instancePath} ${error.message}`));
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const record = JSON.parse(line);
  process.stdout.write(`${validate(record) ? 'ok' : complaint(record)}\n`);
}

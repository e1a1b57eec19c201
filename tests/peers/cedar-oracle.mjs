// Answers questions about Cedar policies, a line of JSON each, on standard input, with a line of JSON each; ends with its input.
//   {"set", "entities", "calls": [...]}    -> [[decision, [reason...], [erring...]], ...]; a call that cannot be asked is a text that says why
//   {"set", "entities", "calls", "times"}  -> microseconds a call, the best of so many rounds
//   {"parse": ["text", ...]}               -> [accepted, ...]
//   {"schema", "policies": ["text", ...]}  -> [valid in strict mode, ...]; a text that says why, where one is no policy
//   {"version": true}                      -> "version of the engine, version of the language"
// What stands in "set", "entities" and "calls" is JSON as text, handed to the engine as it is: JavaScript would lose integers beyond 2^53.
import { createInterface } from 'node:readline';
import cedar from '@cedar-policy/cedar-wasm/nodejs';

const asWritten = Symbol('JSON text');
const stringify = JSON.stringify;
JSON.stringify = (value, ...rest) => value?.[asWritten] ?? stringify(value, ...rest);

const saidOf = answer => answer.errors.map(error => error.message).join('; ');

function prepare({ set }) {
  const answer = cedar.preparsePolicySet('set', { [asWritten]: set });
  return answer.type === 'success' ? null : saidOf(answer);
}

const callsOf = ({ entities, calls }) =>
  calls.map(call => ({ [asWritten]: `${call.slice(0, -1)},"preparsedPolicySetId":"set","entities":${entities}}` }));

function decide(question) {
  const refused = prepare(question);
  return callsOf(question).map(call => {
    if (refused) return refused;
    const answer = cedar.statefulIsAuthorized(call);
    if (answer.type !== 'success') return saidOf(answer);
    const { decision, diagnostics } = answer.response;
    return [decision, diagnostics.reason, diagnostics.errors.map(error => error.policyId)];
  });
}

function time(question) {
  const refused = prepare(question);
  if (refused) throw new Error(refused);
  const calls = callsOf(question);
  let best = Infinity;
  for (let round = 0; round < question.times; round++) {
    const start = process.hrtime.bigint();
    for (const call of calls) cedar.statefulIsAuthorized(call);
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1000 / calls.length);
  }
  return best;
}

function validate({ schema, policies }) {
  const answer = cedar.validate({ schema, policies: { staticPolicies: Object.fromEntries(policies.map((text, i) => [`p${i}`, text])) } });
  if (answer.type !== 'success') return saidOf(answer);
  const wrong = new Set(answer.validationErrors.map(error => error.policyId));
  return policies.map((_, i) => !wrong.has(`p${i}`));
}

function answer(question) {
  if (question.version) return `${cedar.getCedarVersion()}, language ${cedar.getCedarLangVersion()}`;
  if (question.parse) return question.parse.map(text => cedar.checkParsePolicySet({ staticPolicies: text }).type === 'success');
  if (question.schema) return validate(question);
  return question.times ? time(question) : decide(question);
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  process.stdout.write(`${stringify(answer(JSON.parse(line)))}\n`);
}

// What other people's SCIM libraries make of filters and patches: a line of JSON each on standard input, a line each on standard output.
// {"filter": TEXT, "resource": OBJECT} is answered by whether it matches, by scim2-parse-filter; {"patch": OPERATIONS, "resource": OBJECT} by the
// resource after them, by scim-patch; {"user": OBJECT} and {"group": OBJECT} by "ok" where SCIMMY takes the resource, else by what it says. Errors are {"error": TEXT}.
import { createInterface } from 'node:readline';
import { filter, parse } from 'scim2-parse-filter';
import { scimPatch } from 'scim-patch';
import SCIMMY from 'scimmy';

function answer(question) {
  try {
    if (question.filter !== undefined) return filter(parse(question.filter))(question.resource);
    if (question.patch !== undefined) return scimPatch(question.resource, question.patch, { mutateDocument: false });
    if (question.user !== undefined) return new SCIMMY.Schemas.User(question.user, 'out', undefined, undefined) && 'ok';
    return new SCIMMY.Schemas.Group(question.group, 'out') && 'ok';
  } catch (problem) {
    return { error: String(problem.message) };
  }
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);

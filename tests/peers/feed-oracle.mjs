// Checks what Writ sends with parsers of others. Reads one JSON document from standard input and writes "ok", or what is wrong.
//   {"as": "ocsf", "events": […]}                  ajv, against ocsf-1.8.0-api-activity.json
//   {"as": "cloudevents", "headers": {…}, "body": "…"}   the CloudEvents SDK: parsed and validated, the ids in order follow
//   {"as": "webhook", "secret": "…", "headers": {…}, "body": "…"}   the Standard Webhooks library
import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import { HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';

const asked = JSON.parse(readFileSync(0, 'utf8'));

const checks = {
  ocsf() {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    const validate = ajv.compile(JSON.parse(readFileSync(new URL('ocsf-1.8.0-api-activity.json', import.meta.url), 'utf8')));
    for (const event of asked.events) {
      if (!validate(event))
        return JSON.stringify(validate.errors.map(error => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`));
    }
    return 'ok';
  },
  cloudevents() {
    const events = HTTP.toEvent({ headers: asked.headers, body: asked.body });
    for (const event of events)
      event.validate();
    return `ok ${events.map(event => `${event.source}#${event.id}:${event.type}`).join(' ')}`;
  },
  webhook() {
    new Webhook(asked.secret).verify(asked.body, asked.headers);
    return 'ok';
  },
};

try {
  process.stdout.write(checks[asked.as]());
} catch (problem) {
  process.stdout.write(`${problem.name}: ${problem.message} ${JSON.stringify(problem.errors ?? '')}`);
}

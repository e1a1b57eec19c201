// A collector of spans on 127.0.0.1 that decodes with the OpenTelemetry project's own protobuf classes. Prints "listening PORT", then each request as a
// line of JSON: its headers that matter, its resource and its spans. Ends with its standard input. A line there, "status 503" for instance, is how it
// answers from then on.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const root = require(join(dirname(require.resolve('@opentelemetry/otlp-transformer')), 'generated', 'root.js'));
const Request = root.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
const hex = bytes => Buffer.from(bytes ?? []).toString('hex');
const valueOf = any => any.arrayValue ? any.arrayValue.values.map(valueOf) : any.stringValue ?? (any.intValue === undefined ? undefined : Number(any.intValue));
const attributesOf = list => Object.fromEntries((list ?? []).map(({ key, value }) => [key, valueOf(value)]));

let status = 200;
createInterface({ input: process.stdin }).on('line', line => {
  status = Number(line.split(' ')[1]);
  process.stdout.write(`status ${status}\n`);
}).on('close', () => process.exit(0));
const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { resourceSpans } = Request.decode(Buffer.concat(chunks));
  const spans = resourceSpans.flatMap(r => r.scopeSpans.flatMap(s => s.spans)).map(s => ({
    trace: hex(s.traceId), span: hex(s.spanId), parent: hex(s.parentSpanId), name: s.name, kind: s.kind, start: String(s.startTimeUnixNano), end: String(s.endTimeUnixNano),
    status: s.status?.code ?? 0, attributes: attributesOf(s.attributes),
  }));
  const { authorization, 'content-type': type } = request.headers;
  process.stdout.write(`${JSON.stringify({ status, authorization, type, resource: attributesOf(resourceSpans[0].resource.attributes), spans })}\n`);
  response.writeHead(status, { 'content-type': 'application/x-protobuf' }).end();
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`listening ${server.address().port}\n`));

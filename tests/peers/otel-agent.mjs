// An agent that reports itself by the OpenTelemetry SDK: one span of each line of JSON on standard input, sent in one batch by OTLP. Arguments: the
// endpoint and protobuf or json. The key comes in AGENT_KEY. Prints "sent", or what the exporter says is wrong.
import { createInterface } from 'node:readline';
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';

const [endpoint, encoding] = process.argv.slice(2);
const kept = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ resource: resourceFromAttributes({ 'service.name': 'otel-agent' }), spanProcessors: [new SimpleSpanProcessor(kept)] });
const tracer = provider.getTracer('otel-agent');

for await (const line of createInterface({ input: process.stdin })) {
  const { name, traceId, spanId, attributes } = JSON.parse(line);
  // The parent is given, so that a test knows the trace; the span itself gets an id of the SDK's.
  const parent = trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: 1, isRemote: true });
  const span = tracer.startSpan(name, { attributes }, parent);
  span.addEvent('happened', { detail: 1.5 });
  span.end();
}

const Exporter = encoding === 'json' ? JsonExporter : ProtobufExporter;
const exporter = new Exporter({ url: endpoint, headers: { authorization: `Bearer ${process.env.AGENT_KEY}` }, compression: 'gzip', timeoutMillis: 10_000 });
exporter.export(kept.getFinishedSpans(), result => {
  process.stdout.write(result.error ? `${result.error.name} ${result.error.code ?? ''} ${result.error.message}\n` : 'sent\n');
  exporter.shutdown();
});

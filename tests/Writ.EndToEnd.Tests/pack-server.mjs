// An MCP server over stdio that shows the tools of the file TOOLS and does nothing but note, one JSON line a call, what reached it in the
// file CALL_LOG. Tools that stand in the file ANSWERS answer what stands there.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const tools = JSON.parse(readFileSync(process.env.TOOLS, 'utf8'));
const send = message => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\n');

createInterface({ input: process.stdin }).on('line', line => {
  const { id, method, params } = JSON.parse(line);
  if (method === 'initialize') {
    send({ id, result: { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'pack', version: '1' } } });
  } else if (method === 'tools/list') {
    send({ id, result: { tools } });
  } else if (method === 'tools/call') {
    appendFileSync(process.env.CALL_LOG, JSON.stringify({ tool: params.name, arguments: params.arguments }) + '\n');
    const answers = existsSync(process.env.ANSWERS) ? JSON.parse(readFileSync(process.env.ANSWERS, 'utf8')) : {};
    const answer = answers[params.name];
    send({ id, result: answer ? { content: [], structuredContent: answer } : { content: [{ type: 'text', text: '{"done":true}' }] } });
  }
});
process.stdin.on('end', () => process.exit(0));

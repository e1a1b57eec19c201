// An MCP server over stdio that does, on request, what a bad or broken server does. The tool called names the fault.
// Started as `all` it lists every tool, each definition marked with the text of the file MARK as it then is. CALL_LOG: a file
// that receives one JSON line per call that reached it.
import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync, readdirSync, writeFileSync, writeSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { createInterface } from 'node:readline';

const start = process.argv[2] ?? 'well';
if (start === 'exit') process.exit(7);

const raw = bytes => { for (let at = 0; at < bytes.length;) { try { at += writeSync(1, bytes, at); } catch (e) { if (e.code !== 'EAGAIN') throw e; } } };
const send = message => raw(Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\n'));
const say = (id, value) => send({ id, result: { content: [{ type: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) }] } });
const notifyChanged = () => send({ method: 'notifications/tools/list_changed' });
const answers = new Map();
let cancelled = 0;

const tools = {
  echo: (id, args, params) => send({ id, result: { content: [], 'x-unknown': { big: 1 }, echoed: params } }),
  hang: () => notifyChanged(),
  cancelled: id => say(id, String(cancelled)),
  die: () => process.exit(3),
  deaf: () => { setInterval(() => {}, 1000); process.stdin.pause(); notifyChanged(); },
  flood(id) { const line = 'x'.repeat(65535) + '\n'; for (let i = 0; i < 1024; i++) writeSync(2, line); writeSync(2, 'the last\u001b[31m words\n'); say(id, 'flooded'); },
  garbage(id) {
    raw(Buffer.from('this is not JSON\n'));
    raw(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d, 0x0a]));
    raw(Buffer.from(`[{"jsonrpc":"2.0","id":${id},"result":{}}]\n`));
    raw(Buffer.from(`{"jsonrpc":"2.0","id":${id},"id":${id},"result":{"forged":1}}\n`));
    raw(Buffer.from(`{"jsonrpc":"2.0","id":${id},"result":${'['.repeat(70)}${']'.repeat(70)}}\n\n \n`));
    send({ id: id + 1000, result: { forged: 2 } });
    send({ id: String(id), result: { forged: 3 } });
    send({ id, result: { content: [], right: true } });
    send({ id, result: { forged: 4 } });
  },
  babble: () => { for (;;) raw(Buffer.from('{"level":"info"}\n')); },
  huge() { const part = Buffer.alloc(1 << 20, 0x20); for (let i = 0; i < 100; i++) raw(part); },
  fork(id, args) { const child = spawn('sleep', [args.seconds], { detached: true, stdio: 'ignore' }); child.unref(); say(id, String(child.pid)); },
  environment: id => say(id, process.env),
  read(id, args) { try { say(id, 'read: ' + readFileSync(args.path, 'utf8')); } catch (e) { say(id, e.code); } },
  write(id, args) { try { writeFileSync(args.path, 'written'); say(id, 'written'); } catch (e) { say(id, e.code); } },
  list(id, args) { try { say(id, readdirSync(args.path)); } catch (e) { say(id, e.code); } },
  interfaces: id => say(id, Object.keys(networkInterfaces())),
  reach(id, args) {
    const socket = connect(args.port, '127.0.0.1', () => { say(id, 'reached'); socket.destroy(); });
    socket.on('error', e => say(id, e.code));
  },
  status: id => say(id, readFileSync('/proc/self/status', 'utf8')),
  processes: id => say(id, readdirSync('/proc').filter(name => /^\d+$/.test(name))),
  'aws-cli': (id, args) => say(id, `ran ${args.command}`),
  async ask(id) {
    const asked = method => new Promise(resolve => { answers.set(method, resolve); send({ id: method, method, params: {} }); });
    say(id, [await asked('ping'), await asked('sampling/createMessage')]);
  },
};

function mark() {
  if (start === 'changing') return `${process.hrtime.bigint()}`;
  return start === 'all' && process.env.MARK ? readFileSync(process.env.MARK, 'utf8') : null;
}

function list(id, params) {
  const cursor = Number(params?.cursor ?? 0);
  const page = (names, nextCursor) => send({ id, result: { tools: names.map(name => ({ name, inputSchema: name === 'echo' ? { type: 'object', properties: { n: { type: 'integer' } } } : { type: 'object' }, 'x-kept': mark() ?? cursor })), nextCursor } });
  if (start === 'endless-pages') page([`tool${cursor}`], String(cursor + 1));
  else if (start === 'many-tools') page(Array.from({ length: 300 }, (_, i) => `tool${cursor}-${i}`), String(cursor + 1));
  else if (start === 'twice') page(['same', 'same']);
  else if (start === 'all') page(Object.keys(tools));
  else if (cursor === 0) page(['echo', 'hang'], '1');
  else page(['die']);
}

if (start === 'stubborn') { process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); }

createInterface({ input: process.stdin }).on('line', line => {
  const message = JSON.parse(line);
  if (message.method === 'initialize') {
    if (start === 'mute') return;
    const protocolVersion = { 'old-version': '2025-03-26', 'unknown-version': '1999-01-01' }[start] ?? message.params.protocolVersion;
    send({ id: message.id, result: { protocolVersion, capabilities: { tools: { listChanged: true } }, serverInfo: { name: 'misbehaving', version: '1' }, instructions: 'Be careful.' } });
  } else if (message.method === 'notifications/cancelled') {
    cancelled++;
  } else if (message.method === 'tools/list') {
    list(message.id, message.params);
  } else if (message.method === 'tools/call') {
    const tool = tools[message.params.name];
    if (process.env.CALL_LOG) appendFileSync(process.env.CALL_LOG, JSON.stringify({ tool: message.params.name, arguments: message.params.arguments }) + '\n');
    if (tool) tool(message.id, message.params.arguments ?? {}, message.params);
    else send({ id: message.id, error: { code: -32602, message: 'unknown tool', data: { name: message.params.name } } });
  } else if (message.method === undefined) {
    answers.get(message.id)?.(message);
  }
});
if (start !== 'stubborn') process.stdin.on('end', () => process.exit(0));

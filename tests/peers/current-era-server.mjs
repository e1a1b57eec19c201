// An MCP server of the current protocol era (2026-07-28, stateless Streamable HTTP), for tests of Writ's door.
// Listens on 127.0.0.1, prints `listening <port>` once it does, and ends with its standard input.
// PORT: the port, 0 (default) for any free one. CALL_LOG: a file that receives one JSON line per tool call executed.
// LEGACY=stateless also serves clients of the 2025 era; without it they are refused.
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { z } from 'zod';

const callLog = process.env.CALL_LOG;
const executed = (tool, args) => callLog && appendFileSync(callLog, JSON.stringify({ tool, arguments: args }) + '\n');
const text = value => ({ content: [{ type: 'text', text: value }] });

function notebook() {
  const server = new McpServer({ name: 'current-era-notebook', version: '1.0.0' });

  server.registerTool('read_note', {
    description: 'Returns the text of a note.',
    inputSchema: z.object({ title: z.string().describe('The title of the note') }),
    annotations: { readOnlyHint: true },
  }, async args => {
    executed('read_note', args);
    return text(`Note "${args.title}": buy milk.`);
  });

  server.registerTool('add_numbers', {
    description: 'Adds two numbers.',
    inputSchema: z.object({ a: z.number(), b: z.number() }),
    outputSchema: z.object({ sum: z.number() }),
    annotations: { readOnlyHint: true, idempotentHint: true },
  }, async args => {
    executed('add_numbers', args);
    const sum = args.a + args.b;
    return { ...text(String(sum)), structuredContent: { sum } };
  });

  server.registerTool('erase_notes', {
    description: 'Erases every note whose title starts with a prefix.',
    inputSchema: z.object({ prefix: z.string() }),
    annotations: { readOnlyHint: false, destructiveHint: true },
  }, async args => {
    executed('erase_notes', args);
    return text(`erased notes starting with "${args.prefix}"`);
  });

  return server;
}

const server = createServer(toNodeHandler(createMcpHandler(notebook, { legacy: process.env.LEGACY ?? 'reject' })));
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => console.log(`listening ${server.address().port}`));
process.stdin.on('end', () => process.exit(0)).resume();

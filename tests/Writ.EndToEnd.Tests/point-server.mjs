// A decision point that speaks as Open Policy Agent and as AuthZEN 1.0 do: it says yes to whoever presents SECRET and asks about the
// customer ALLOWED. Prints `listening PORT`, ends with its standard input.
import { createServer } from 'node:http';

const agrees = question => question.action.name.endsWith('/get_customer') && question.context.args.customer_id === process.env.ALLOWED;

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', () => {
    const answer = (status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.headers.authorization !== process.env.SECRET) return answer(401, { code: 'unauthorized' });
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    if (request.url === '/v1/data/agents/allow') return answer(200, agrees(body.input) ? { result: true } : {});
    if (request.url === '/access/v1/evaluation') return answer(200, { decision: agrees(body) });
    return answer(404, {});
  });
});
server.listen(0, '127.0.0.1', () => console.log(`listening ${server.address().port}`));
process.stdin.on('end', () => process.exit(0)).resume();

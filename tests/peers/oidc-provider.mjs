// A real OpenID provider on 127.0.0.1, for tests of Writ's login: prints `listening PORT`, ends with its standard input. Anybody logs in under any
// name. REDIRECT: where it sends browsers back to. LOGOUT: where it says that a session is over.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const server = createServer().listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [{
      client_id: 'writ', token_endpoint_auth_method: 'none', grant_types: ['authorization_code'], response_types: ['code'],
      redirect_uris: [process.env.REDIRECT], backchannel_logout_uri: process.env.LOGOUT, backchannel_logout_session_required: true,
    }],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true }, backchannelLogout: { enabled: true } },
    // What else the options hold is for a newer Node than this one may be.
    fetch: (url, { method, headers, body }) => globalThis.fetch(url, { method, headers, body, redirect: 'manual', signal: AbortSignal.timeout(10_000) }),
  });
  provider.on('backchannel.error', (ctx, error) => console.error(String(error)));
  server.on('request', provider.callback());
  console.log(`listening ${port}`);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));

// What the pages share: Writ's API, and the passkey that signs for one request of it.

export const $ = id => document.getElementById(id);

export function say(text, kind = '') {
  const status = $('status');
  status.textContent = text;
  status.dataset.kind = kind;
}

export class Refused extends Error {
  constructor(problem, status) {
    super(problem?.detail ?? `Writ answered ${status}.`);
    this.code = problem?.code;
    this.status = status;
  }
}

/** Sends a request; its JSON, or what is wrong. */
export async function call(method, path, body, headers = {}) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return send(method, path, text, headers);
}

/** The same, with a passkey's signature for exactly this request. */
export async function callThere(method, path, body) {
  const text = JSON.stringify(body);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const hex = [...new Uint8Array(digest)].map(b => b.toString(16).padStart(2, '0')).join('');
  const asked = await call('POST', '/v1/presence', { method, target: path, body: hex });
  const credential = await sign(asked.options);
  const proof = encode(new TextEncoder().encode(JSON.stringify({ id: asked.id, credential })));
  return send(method, path, text, { 'Writ-Presence': proof });
}

async function send(method, path, text, headers) {
  const own = { 'Writ-Page': '1', ...(text === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers };
  const answer = await fetch(path, { method, body: text, headers: own, credentials: 'same-origin', redirect: 'error', cache: 'no-store' });
  const json = answer.headers.get('Content-Type')?.includes('json') ? await answer.json() : null;
  if (!answer.ok) throw new Refused(json, answer.status);
  return json;
}

export async function sign(options) {
  const made = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: decode(options.challenge),
      allowCredentials: (options.allowCredentials ?? []).map(c => ({ ...c, id: decode(c.id) })),
    },
  });
  return plain(made);
}

export async function make(options) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: decode(options.challenge),
      user: { ...options.user, id: decode(options.user.id) },
      excludeCredentials: (options.excludeCredentials ?? []).map(c => ({ ...c, id: decode(c.id) })),
    },
  });
  return plain(made);
}

/** In words, what a browser says when a passkey was not used. */
export const explain = problem =>
  problem instanceof Refused ? `${problem.message}${problem.code ? ` (${problem.code})` : ''}`
  : problem?.name === 'NotAllowedError' ? 'The passkey was not used: it was cancelled, or its time ran out.'
  : problem?.name === 'InvalidStateError' ? 'This device has a passkey for you already.'
  : `It failed: ${problem?.message ?? problem}`;

function plain(made) {
  const from = made.response;
  const response = { clientDataJSON: encode(from.clientDataJSON) };
  for (const member of ['attestationObject', 'authenticatorData', 'signature', 'userHandle'])
    if (from[member]) response[member] = encode(from[member]);
  if (from.getTransports) response.transports = from.getTransports();
  return { id: made.id, rawId: encode(made.rawId), type: made.type, response, clientExtensionResults: {} };
}

function encode(buffer) {
  let binary = '';
  for (const byte of new Uint8Array(buffer)) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

const decode = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));

export function element(name, properties = {}, ...inside) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...inside);
  return made;
}

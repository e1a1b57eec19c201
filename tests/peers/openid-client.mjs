// The npm library `openid-client` as an agent's OAuth client: a line of JSON each on standard input and output. Ends with its input.
//   {"op":"key"}                                          -> the client's public key, a JWK
//   {"op":"sign","text"}                                  -> {"signature"} in base64, by the client's key
//   {"op":"token","issuer","client","parameters"}          -> {"token_type","scope","access_token"}: discovery, private_key_jwt, DPoP with the server's nonce
//   {"op":"exchange","issuer","client","parameters"}       -> the same by token exchange
//   {"op":"call","url","token","body"}                    -> {"status"}: a request with the token and a proof
import { createInterface } from 'node:readline';
import { exportJWK, generateKeyPair } from 'jose';
import * as client from 'openid-client';

const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
const proofKeys = await client.randomDPoPKeyPair('ES256');

let configuration, proofs;
async function open({ issuer, client: id }) {
  configuration ??= await client.discovery(new URL(issuer), id, undefined, client.PrivateKeyJwt(privateKey), { algorithm: 'oauth2', execute: [client.allowInsecureRequests] });
  proofs ??= client.getDPoPHandle(configuration, proofKeys);
}

const operations = {
  async key() {
    return exportJWK(publicKey);
  },
  async sign({ text }) {
    return { signature: Buffer.from(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, new TextEncoder().encode(text))).toString('base64') };
  },
  async token(request) {
    await open(request);
    return client.clientCredentialsGrant(configuration, request.parameters, { DPoP: proofs });
  },
  async exchange(request) {
    await open(request);
    return client.genericGrantRequest(configuration, 'urn:ietf:params:oauth:grant-type:token-exchange', request.parameters, { DPoP: proofs });
  },
  async call({ url, token, body }) {
    const answer = await client.fetchProtectedResource(configuration, token, new URL(url), 'POST', body, new Headers({ 'content-type': 'application/json' }), { DPoP: proofs });
    return { status: answer.status };
  },
};

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const request = JSON.parse(line);
  let answer;
  try {
    answer = await operations[request.op](request);
  } catch (error) {
    answer = { error: error.error ?? error.code ?? String(error), status: error.status, challenge: error.cause?.message };
  }
  console.log(JSON.stringify(answer));
}

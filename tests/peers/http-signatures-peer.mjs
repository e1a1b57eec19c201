// The npm library `http-message-signatures` as a peer of Writ's own: a line of JSON each on standard input and output. Ends with its input.
//   {"op":"sign","alg","key","keyid","fields","created","expires","nonce","tag","message"} -> {"input","signature"}, the values of the two headers
//   {"op":"verify","alg","key","message"}                                                 -> {"verified"}, or {"error"}
// A key is a JWK, a message {"method","url","headers"}; times are in seconds.
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { createInterface } from 'node:readline';
import { createSigner, createVerifier, httpbis } from 'http-message-signatures';

const operations = {
  async sign({ alg, key, keyid, fields, created, expires, nonce, tag, message }) {
    const signer = createSigner(createPrivateKey({ key, format: 'jwk' }), alg, keyid);
    const signed = await httpbis.signMessage({
      key: signer,
      name: 'peer',
      params: ['created', 'expires', 'nonce', 'keyid', 'alg', 'tag'],
      paramValues: { created: new Date(created * 1000), expires: new Date(expires * 1000), nonce, tag },
      fields,
    }, message);
    const headers = Object.fromEntries(Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), value]));
    return { input: headers['signature-input'], signature: headers.signature };
  },
  async verify({ alg, key, message }) {
    const verify = createVerifier(createPublicKey({ key, format: 'jwk' }), alg);
    const verified = await httpbis.verifyMessage({ keyLookup: async () => ({ algs: [alg], verify }), tolerance: 3153600000 }, message);
    return { verified };
  },
};

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const request = JSON.parse(line);
  let answer;
  try {
    answer = await operations[request.op](request);
  } catch (error) {
    answer = { error: error.message };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

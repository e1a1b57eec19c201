// The npm library `jose` as a peer of Writ's own: a line of JSON each on standard input and output. Ends with its input.
//   {"op":"generate","alg"}             -> {"private","public"} as JWKs
//   {"op":"sign","alg","key","payload","typ"} -> {"jws"}, a compact JWS of the text
//   {"op":"verify","alg","key","jws"}   -> {"payload","header"}, or {"error"} with the library's code
//   {"op":"thumbprint","key"}           -> {"thumbprint","uri"}
import { createInterface } from 'node:readline';
import { CompactSign, calculateJwkThumbprint, calculateJwkThumbprintUri, compactVerify, exportJWK, generateKeyPair, importJWK } from 'jose';

const operations = {
  async generate({ alg }) {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    return { private: await exportJWK(privateKey), public: await exportJWK(publicKey) };
  },
  async sign({ alg, key, payload, typ }) {
    const sign = new CompactSign(new TextEncoder().encode(payload)).setProtectedHeader({ alg, kid: key.kid, typ });
    return { jws: await sign.sign(await importJWK(key, alg)) };
  },
  async verify({ alg, key, jws }) {
    const { payload, protectedHeader } = await compactVerify(jws, await importJWK(key, alg), { algorithms: [alg] });
    return { payload: new TextDecoder().decode(payload), header: protectedHeader };
  },
  async thumbprint({ key }) {
    return { thumbprint: await calculateJwkThumbprint(key), uri: await calculateJwkThumbprintUri(key) };
  },
};

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const request = JSON.parse(line);
  let answer;
  try {
    answer = await operations[request.op](request);
  } catch (error) {
    answer = { error: error.code ?? error.message };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

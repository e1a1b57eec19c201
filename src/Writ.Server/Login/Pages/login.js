import { $, call, explain, say, sign } from './passkeys.js';

$('go').addEventListener('click', async () => {
  $('go').disabled = true;
  say('Waiting for your passkey…');
  try {
    const asked = await call('POST', '/v1/login/options', {});
    const credential = await sign(asked.options);
    const who = await call('POST', '/v1/login', { id: asked.id, credential });
    say(`Logged in as ${who.person}.`, 'good');
    location.assign('/confirm');
  } catch (problem) {
    say(explain(problem), 'bad');
    $('go').disabled = false;
    $('go').focus();
  }
});

import { $, call, element, explain, say, sign } from './passkeys.js';

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

if (location.hash === '#refused') say('The login was not accepted.', 'bad');

const organization = new URLSearchParams(location.search).get('organization') ?? 'default';
const { providers } = await call('GET', `/o/${encodeURIComponent(organization)}/login`);
$('providers').replaceChildren(...providers.map(name =>
  element('a', { href: `/o/${encodeURIComponent(organization)}/login/${encodeURIComponent(name)}` }, `Log in with ${name}`)));

import { $, call, explain, make, say } from './passkeys.js';

// The token stands behind '#', so that it is in no log and no history of this machine after this line.
const given = location.hash.slice(1);
history.replaceState(null, '', location.pathname);
$('typed').hidden = given !== '';
(given ? $('label') : $('token')).focus();

$('form').addEventListener('submit', async event => {
  event.preventDefault();
  $('go').disabled = true;
  say('Waiting for your device…');
  try {
    const headers = { Authorization: `Bearer ${given || $('token').value.trim()}` };
    const asked = await call('POST', '/v1/enrolment/options', {}, headers);
    const credential = await make(asked.options);
    const who = await call('POST', '/v1/enrolment', { id: asked.id, credential, label: $('label').value.trim() || 'passkey' }, headers);
    say(`${who.person} has a passkey, and is logged in.`, 'good');
    location.assign('/confirm');
  } catch (problem) {
    say(explain(problem), 'bad');
    $('go').disabled = false;
    $('go').focus();
  }
});

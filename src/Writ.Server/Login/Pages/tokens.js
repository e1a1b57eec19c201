import { $, Refused, call, callThere, element, explain, say } from './passkeys.js';

let me;

function choice(value, text, checked) {
  const box = element('input', { type: 'checkbox', name: 'capability', value, checked });
  return element('label', {}, box, text);
}

async function show() {
  me = await call('GET', '/v1/login');
  $('who').textContent = `${me.display_name} · ${me.organization}`;
  if ($('capabilities').children.length === 1)
    $('capabilities').append(...me.capabilities.map(c => choice(c, c, true)), choice('', 'changing anything, not only reading', true));
  const { tokens } = await call('GET', `/v1/people/${me.person}/tokens`);
  $('list').replaceChildren(...tokens.map(token => {
    const revoke = element('button', { type: 'button', className: 'quiet' }, 'Revoke');
    revoke.addEventListener('click', () => tell(async () => {
      await call('POST', `/v1/people/${me.person}/tokens/${token.id}/revoke`, { reason: `revoked by ${me.person}` });
      await show();
      return `${token.label ?? token.id} is revoked.`;
    }));
    const facts = element('dl');
    for (const [name, value] of Object.entries({
      for: token.capabilities ? token.capabilities.join(', ') || 'nothing but reading' : 'all that you may',
      'only reads': token.read_only ? 'yes' : 'no', ends: token.expires_at ? new Date(token.expires_at).toLocaleString() : 'never',
      'last used': token.last_used_at ? new Date(token.last_used_at).toLocaleString() : 'not since the server began',
    })) facts.append(element('dt', {}, name), element('dd', {}, value));
    return element('section', { className: 'card' }, element('h2', {}, token.label ?? token.id), facts, element('div', { className: 'actions' }, revoke));
  }));
}

async function tell(work) {
  try {
    say(await work(), 'good');
  } catch (problem) {
    if (problem instanceof Refused && problem.status === 401) location.assign('/login');
    else say(explain(problem), 'bad');
  }
}

$('form').addEventListener('submit', event => {
  event.preventDefault();
  $('go').disabled = true;
  tell(async () => {
    const boxes = [...$('capabilities').querySelectorAll('input')];
    const chosen = boxes.filter(b => b.value && b.checked).map(b => b.value);
    const all = chosen.length === me.capabilities.length;
    const body = { label: $('label').value.trim(), days: Number($('days').value), read_only: !boxes.at(-1).checked, ...(all ? {} : { capabilities: chosen }) };
    const path = `/v1/people/${me.person}/tokens`;
    const made = await (me.proves_presence ? callThere : call)('POST', path, body);
    await show();
    const text = element('pre', { id: 'token', tabIndex: 0 }, made.token);
    $('list').prepend(element('section', { className: 'card' }, element('h2', {}, 'Shown now and never again'), text, element('p', { className: 'soft' }, 'Keep it with: writ login')));
    text.focus();
    return 'The token is made.';
  }).finally(() => { $('go').disabled = false; });
});

show().catch(problem => {
  if (problem instanceof Refused && problem.status === 401) location.assign('/login');
  else say(explain(problem), 'bad');
});

import { $, Refused, call, callThere, element, explain, say } from './passkeys.js';

const wanted = new URLSearchParams(location.search).get('only');

/** What waits, each with what is to be read and what can be said to it. */
async function waiting(me) {
  const [approvals, proposals, kills, erasures, directories] = await Promise.all([
    call('GET', '/v1/approvals'), call('GET', '/v1/proposals'), call('GET', '/v1/kills'), call('GET', '/v1/erasures'),
    call('GET', '/v1/directories').catch(() => ({ groups: [] })), // not for everybody
  ]);
  const of = (kind, id, title, facts, actions) => ({ key: `${kind}/${id}`, title, facts, actions });
  return [
    ...await Promise.all(approvals.approvals.map(async listed => {
      const a = await call('GET', `/v1/approvals/${listed.id}`);
      return {
        ...of('approval', a.id, `${a.agent.name} asks to ${a.action}`, {
          effect: a.effect, reversible: a.reversible, 'asked for because': a.asks.map(ask => ask.reason ?? ask.policy).join('; '),
          approvers: a.asks.flatMap(ask => ask.approvers).join(', '), 'until': when(a.expires_at), 'if nobody answers': a.on_no_answer, request: a.id,
        }, [
          ['Approve', () => callThere('POST', `/v1/approvals/${a.id}/approve`, { shown: a.shown })],
          ['Reject', () => call('POST', `/v1/approvals/${a.id}/reject`, { shown: a.shown })],
        ]),
        text: a.arguments === undefined ? null : JSON.stringify(a.arguments, null, 2),
      };
    })),
    ...proposals.proposals.filter(p => p.state === 'open').map(p => of('bundle', p.name, `Publish ${p.name} ${p.version}`, {
      'proposed by': p.by, comparison: p.finding.words, digest: p.digest, until: when(p.expires_at),
    }, [
      ['Confirm', () => callThere('POST', `/v1/bundles/${p.name}/confirm`, { digest: p.digest })],
      ['Decline', () => call('POST', `/v1/bundles/${p.name}/decline`, { digest: p.digest, reason: `declined by ${me.person}` })],
    ])),
    ...kills.standing.map(k => of('kill', k.id, `Lift the kill of ${k.scope}`, { 'ordered for': k.reason, 'ordered by': k.ordered_by }, [
      ['Lift', () => callThere('POST', `/v1/kills/${k.id}/lift`, { reason: `lifted by ${me.person}` })],
    ])),
    ...erasures.erasures.filter(e => e.state === 'requested').map(e => of('erasure', e.id, `Forget ${e.subject}`, { 'asked by': e.requested_by, until: when(e.due), reason: e.reason }, [
      ['Confirm', () => callThere('POST', `/v1/erasures/${e.id}/confirm`, {})],
      ['Decline', () => call('POST', `/v1/erasures/${e.id}/decline`, { reason: `declined by ${me.person}` })],
    ])),
    ...directories.groups.filter(g => g.proposed_team).map(g => of('group', g.id, `Let the directory's group ${g.name} keep the team ${g.proposed_team}`, {
      'proposed by': g.proposed_by, 'the team will have': `${g.members} members and no others`, 'the first of them': g.who.join(', '),
    }, [
      ['Confirm', () => callThere('POST', `/v1/teams/${g.proposed_team}/directory`, { group: g.id })],
    ])),
  ].filter(item => !wanted || item.key === wanted);
}

const when = text => text && new Date(text).toLocaleString();

function card(item) {
  const facts = element('dl');
  for (const [name, value] of Object.entries(item.facts))
    if (value !== undefined && value !== null && value !== '') facts.append(element('dt', {}, name), element('dd', {}, String(value)));
  const buttons = item.actions.map(([word, take], at) => {
    const button = element('button', { type: 'button', className: at === 0 ? '' : 'quiet' }, word);
    button.addEventListener('click', async () => {
      buttons.forEach(b => { b.disabled = true; });
      say('Waiting for your passkey…');
      try {
        await take();
        say(`${item.title}: done.`, 'good');
        await show(true);
      } catch (problem) {
        say(explain(problem), 'bad');
        buttons.forEach(b => { b.disabled = false; });
        button.focus();
      }
    });
    return button;
  });
  const title = element('h2', {}, item.title);
  return element('section', { className: 'card' }, title, facts, ...(item.text ? [element('pre', { tabIndex: 0 }, item.text)] : []), element('div', { className: 'actions' }, ...buttons));
}

async function show(quiet = false) {
  try {
    const me = await call('GET', '/v1/login');
    $('who').textContent = `${me.display_name} · ${me.organization}`;
    const items = await waiting(me);
    $('list').replaceChildren(...items.map(card));
    if (!items.length) $('list').append(element('p', { className: 'card soft' }, 'Nothing waits.'));
    if (!quiet) say('');
  } catch (problem) {
    if (problem instanceof Refused && problem.status === 401) location.assign('/login');
    else say(explain(problem), 'bad');
  }
}

$('again').addEventListener('click', () => show());
$('out').addEventListener('click', async () => {
  await call('POST', '/v1/logout', {}).catch(() => {});
  location.assign('/login');
});
await show();

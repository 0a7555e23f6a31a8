import { html, nothing } from 'lit';
import { ConsolePage } from './console-page.js';
import { deviceOf, listPath } from './list-words.js';
import { asking, filterForm, pager } from './lists.js';
import { figure, ident, journeyOf, moment, table } from './parts.js';

const FILTERS = ['user', 'replica'];

/** Who is connected, since when, and how far each stream is. */
class ConsoleConnections extends ConsolePage {
  static properties = { ...ConsolePage.properties, asked: { state: true } };

  constructor() {
    super();
    /** The question that is open; empty if none is. */
    this.asked = '';
  }

  heading() {
    return html`<hgroup><h1 tabindex="-1">Connections</h1><p>Who is connected, since when, and how far each stream is.</p></hgroup>
      ${filterForm(this, [{ name: 'user', title: 'User' }, { name: 'replica', title: 'Replica' }])}`;
  }

  load() {
    return this.session.api.get(listPath('/api/v1/admin/connections', this.query, FILTERS));
  }

  content() {
    const { items, nextCursor, replicas, silentReplicas } = this.found;
    return html`${silentReplicas.length > 0
        ? html`<p class="problem" role="alert">${silentReplicas.join(', ')} did not answer; the connections there are missing here.</p>`
        : nothing}
      <p class="muted">${replicas.length === 1 ? 'Replica' : 'Replicas'}: ${replicas.join(', ')}</p>
      ${table('Connections', [
        { title: 'User', cell: (/** @type {any} */ { userId }) => ident(userId, journeyOf(userId)) },
        { title: 'Role', cell: ({ role }) => role },
        { title: 'Device', cell: ({ device }) => html`<span title=${device}>${deviceOf(device)}</span>` },
        { title: 'Since', cell: ({ openedAt }) => moment(openedAt) },
        { title: 'State', cell: ({ state, waiting }) => html`<span class="state-${state}">${state}</span>${waiting > 0 ? html`, ${figure(waiting)} in its queue` : nothing}` },
        { title: 'Streams', cell: ({ streams }) => html`<ul class="plain-list">${streams.map(stream)}</ul>` },
        { title: 'Replica', cell: ({ replica }) => replica },
        { title: 'Action', cell: (connection) => this.close(connection) },
      ], items, ({ id }) => id, this.query.has('user') ? 'This user is not connected.' : 'Nobody is connected.')}
      ${pager(this.query, nextCursor)}`;
  }

  /** @param {any} connection */
  close({ id, userId }) {
    return asking(this, {
      name: id,
      text: 'Close',
      label: `Close a connection of ${userId}`,
      question: 'Close it? The client comes back by itself.',
      yes: 'Yes, close',
      act: () => this.act(id, async () => {
        const { closed } = await this.session.api.post(`/api/v1/admin/connections/${encodeURIComponent(id)}/close`);
        this.asked = '';
        return closed ? 'The connection was closed' : 'The connection had ended before';
      }),
    });
  }
}

/** @param {any} position */
function stream({ stream: name, sentUpTo, acknowledgedUpTo, behind }) {
  return html`<li><code class="ident">${name}</code> sent ${figure(sentUpTo)}, acknowledged ${figure(acknowledgedUpTo)}${behind > 0
    ? html`, <strong>behind by ${figure(behind)}</strong>`
    : nothing}</li>`;
}

customElements.define('console-connections', ConsoleConnections);

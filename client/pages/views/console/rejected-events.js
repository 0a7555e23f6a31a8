import { html, nothing } from 'lit';
import { ConsolePage } from './console-page.js';
import { listPath } from './list-words.js';
import { filterForm, pager } from './lists.js';
import { figure, ident, journeyOf, moment, payloadOf, table } from './parts.js';

const FILTERS = ['topic', 'reason'];

/** Events that the WebSocket service could not deliver to anybody, with the reason. */
class ConsoleRejectedEvents extends ConsolePage {
  heading() {
    return html`<hgroup><h1 tabindex="-1">Rejected events</h1><p>Events that the WebSocket service could not deliver to anybody.</p></hgroup>
      ${filterForm(this, [{ name: 'topic', title: 'Topic' }, { name: 'reason', title: 'Reason' }])}`;
  }

  load() {
    return this.session.api.get(listPath('/api/v1/admin/rejected-events', this.query, FILTERS));
  }

  content() {
    const { items, nextCursor } = this.found;
    return html`${table('Rejected events', [
        { title: 'Rejected', cell: (/** @type {any} */ { rejectedAt }) => moment(rejectedAt) },
        { title: 'Topic', cell: ({ topic }) => topic },
        { title: 'Source', cell: ({ source }) => source ?? '–' },
        { title: 'Event', cell: ({ eventId }) => (eventId ? ident(eventId, journeyOf(eventId)) : '–') },
        { title: 'Reason', cell: ({ reason, detail }) => html`<strong>${reason}</strong><br><span class="reason">${detail}</span>` },
        { title: 'Payload', cell: ({ payload, size }) => html`<details><summary>${figure(size)} bytes</summary>${payloadOf(payload)}</details>` },
      ], items, ({ id }) => `${id}`, 'No event was rejected.')}
      ${items.length > 0 ? html`<p class="muted">The publisher has to correct these events and publish them again, with ids of their own.</p>` : nothing}
      ${pager(this.query, nextCursor)}`;
  }
}

customElements.define('console-rejected-events', ConsoleRejectedEvents);

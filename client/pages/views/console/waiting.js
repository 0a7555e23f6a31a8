import { html, nothing } from 'lit';
import { ago, capital } from '../../words.js';
import { ConsolePage } from './console-page.js';
import { listPath } from './list-words.js';
import { pager } from './lists.js';
import { ident, journeyOf, table } from './parts.js';

/** Purchases that wait for a trainer. */
class ConsoleWaiting extends ConsolePage {
  heading() {
    return html`<hgroup><h1 tabindex="-1">Waiting for a trainer</h1><p>Each of these purchases gets a trainer as soon as one is free.</p></hgroup>`;
  }

  load() {
    return this.session.api.get(`${listPath('/api/v1/admin/allocations', this.query, [])}&status=waiting`);
  }

  content() {
    const { items, nextCursor } = this.found;
    return html`${table('Purchases that wait for a trainer', [
        { title: 'Student', cell: (/** @type {any} */ { studentId }) => ident(studentId, journeyOf(studentId)) },
        { title: 'Course', cell: ({ courseId }) => courseId },
        { title: 'Why', cell: ({ reason }) => capital((reason ?? '').replaceAll('_', ' ').toLowerCase()) },
        { title: 'Since', cell: ({ createdAt }) => html`<time datetime=${createdAt} title=${createdAt}>${ago(createdAt)}</time>` },
        { title: 'Purchase', cell: ({ purchaseId }) => ident(purchaseId) },
      ], items, ({ allocationId, id }) => allocationId ?? id, 'Everybody has a trainer.')}
      ${items.length > 0 ? html`<p class="muted">A trainer with the skill and a free slot is missing: add one, or change the availability of one.</p>` : nothing}
      ${pager(this.query, nextCursor)}`;
  }
}

customElements.define('console-waiting', ConsoleWaiting);

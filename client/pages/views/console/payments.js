import { html, nothing } from 'lit';
import { ago, money } from '../../words.js';
import { ConsolePage } from './console-page.js';
import { listPath } from './list-words.js';
import { pager } from './lists.js';
import { ident, journeyOf, table } from './parts.js';

/** Payments that were confirmed and led to no purchase. */
class ConsolePayments extends ConsolePage {
  heading() {
    return html`<hgroup><h1 tabindex="-1">Payments without a purchase</h1><p>Money was received, and the student has no course for it.</p></hgroup>`;
  }

  load() {
    return this.session.api.get(listPath('/api/v1/admin/payments/without-purchase', this.query, []));
  }

  content() {
    const { items, nextCursor } = this.found;
    const amount = money(this.session.config.currency);
    return html`${table('Payments without a purchase', [
        { title: 'Payment', cell: (/** @type {any} */ { paymentId }) => ident(paymentId, journeyOf(paymentId)) },
        { title: 'Student', cell: ({ studentId }) => ident(studentId, journeyOf(studentId)) },
        { title: 'Course', cell: ({ courseId }) => courseId },
        { title: 'Amount', numeric: true, cell: (payment) => amount(payment.amount) },
        { title: 'Created', cell: ({ createdAt }) => html`<time datetime=${createdAt} title=${createdAt}>${ago(createdAt)}</time>` },
        { title: 'Next step', cell: ({ status }) => (status === 'cancelled' ? 'Pay it back: the payment was cancelled, and money arrived.' : 'Look at its journey: the purchase is on its way, or its event is a dead letter.') },
      ], items, ({ paymentId }) => paymentId, nextCursor ? 'None among the payments that were looked at.' : 'Every payment led to a purchase.')}
      ${pager(this.query, nextCursor)}`;
  }
}

customElements.define('console-payments', ConsolePayments);

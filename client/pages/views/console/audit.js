import { html, nothing } from 'lit';
import { Refusal } from '../../api.js';
import { ConsolePage } from './console-page.js';
import { checkText, listPath } from './list-words.js';
import { filterForm, pager } from './lists.js';
import { figure, ident, journeyOf, moment, payloadOf, table } from './parts.js';

const PATH = '/api/v1/admin/audit';
const FILTERS = ['who', 'what', 'topic', 'eventId'];
const NOT_CHECKED = { running: false, checked: 0, entries: 0, fault: null, problem: '', at: '' };

/** The result of the last check of each session, so that it is there when somebody comes back to the page. @type {WeakMap<object, any>} */
const checks = new WeakMap();

/** Who did what, for every event, in a chain that shows later changes. */
class ConsoleAudit extends ConsolePage {
  static properties = { ...ConsolePage.properties, check: { state: true } };

  constructor() {
    super();
    this.check = NOT_CHECKED;
  }

  connectedCallback() {
    super.connectedCallback();
    const last = checks.get(this.session);
    this.check = last && !last.running ? last : NOT_CHECKED;
  }

  heading() {
    return html`<hgroup><h1 tabindex="-1">Audit log</h1><p>Every event and every action of an operator, in a chain that shows later changes.</p></hgroup>
      ${this.chain()}
      ${filterForm(this, [{ name: 'who', title: 'Who' }, { name: 'what', title: 'What' }, { name: 'topic', title: 'Topic' }, { name: 'eventId', title: 'Event id' }])}`;
  }

  chain() {
    const { running, checked, entries, fault, problem, at } = this.check;
    return html`<section class="row card-like" aria-label="Check of the chain" data-check>
      <div class="grow">${running || at
        ? html`<span role="status" class=${fault || problem ? 'problem' : nothing}>${checkText(this.check)}</span>${at ? html` <small class="muted">Checked at ${moment(at)}.</small>` : nothing}`
        : html`<span>The chain was not checked yet in this session.</span>`}
        ${running ? html`<progress max=${entries || 1} value=${checked} aria-label="Progress of the check"></progress>` : nothing}</div>
      <button class="small secondary outline" ?disabled=${running} aria-busy=${running} @click=${() => this.verify()}>Check the chain</button></section>`;
  }

  /** Checks page by page, each in a request of its own. */
  async verify() {
    if (this.check.running) {
      return;
    }
    this.#show({ ...NOT_CHECKED, running: true });
    try {
      let next = { after: 0, hash: '' };
      while (next !== null && this.isConnected) {
        const page = await this.session.api.get(`${PATH}/verification?${new URLSearchParams({ after: `${next.after}`, ...(next.hash ? { hash: next.hash } : {}) })}`);
        this.#show({ ...this.check, checked: page.checked, entries: page.entries, fault: page.fault });
        next = page.next;
      }
      this.#show({ ...this.check, running: false, at: this.isConnected ? new Date().toISOString() : '' });
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      this.#show({ ...this.check, running: false, problem: error.message, at: new Date().toISOString() });
    }
  }

  /** @param {any} check */
  #show(check) {
    this.check = check;
    checks.set(this.session, check);
  }

  load() {
    return this.session.api.get(listPath(PATH, this.query, FILTERS));
  }

  content() {
    const { items, nextCursor } = this.found;
    return html`${table('Audit log', [
        { title: 'No.', numeric: true, cell: (/** @type {any} */ { number }) => figure(number) },
        { title: 'When', cell: ({ when }) => moment(when) },
        { title: 'Who', cell: ({ who }) => (who ? ident(who, journeyOf(who)) : '–') },
        { title: 'What', cell: ({ what }) => what },
        { title: 'Topic', cell: ({ topic }) => topic },
        { title: 'Event', cell: ({ eventId }) => ident(eventId, journeyOf(eventId)) },
        { title: 'Data', cell: ({ data, hash }) => html`<details><summary>Show</summary>${payloadOf(data)}<small class="muted">Hash ${ident(hash)}</small></details>` },
      ], items, ({ number }) => `${number}`, 'No entry fits.')}
      ${pager(this.query, nextCursor)}`;
  }
}

customElements.define('console-audit', ConsoleAudit);

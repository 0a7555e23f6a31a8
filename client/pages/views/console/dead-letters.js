import { html, nothing } from 'lit';
import { Refusal } from '../../api.js';
import { ago } from '../../words.js';
import { ConsolePage } from './console-page.js';
import { filtersOf, filterText, jobText, listPath, newKey } from './list-words.js';
import { asking, filterForm, pager } from './lists.js';
import { factList, figure, ident, journeyOf, moment, payloadOf, table } from './parts.js';

const PATH = '/api/v1/admin/dead-letters';
const JOBS = '/api/v1/admin/dead-letter-jobs';
const CONDITIONS = ['consumer', 'topic', 'eventType'];
const FILTERS = ['status', ...CONDITIONS];

/** Events that a consumer gave up on: why, and what to do with them. */
class ConsoleDeadLetters extends ConsolePage {
  static properties = { ...ConsolePage.properties, asked: { state: true } };

  /** Of the job that is asked about: however often it is sent, it is one job. */
  #key = '';

  constructor() {
    super();
    /** The question that is open; empty if none is. */
    this.asked = '';
  }

  get status() {
    return this.query.get('status') ?? 'open';
  }

  heading() {
    return html`<hgroup><h1 tabindex="-1">Dead letters</h1><p>Events that a consumer gave up on.</p></hgroup>
      ${filterForm(this, [
        { name: 'status', title: 'Status', options: ['open', 'replayed', 'discarded'] },
        { name: 'consumer', title: 'Consumer' }, { name: 'topic', title: 'Topic' }, { name: 'eventType', title: 'Event type' },
      ])}`;
  }

  async load() {
    const { api } = this.session;
    const id = this.query.get('id');
    const [letters, jobs, letter] = await Promise.all([
      api.get(listPath(PATH, this.query, FILTERS)),
      api.get(`${JOBS}?limit=1`),
      id ? api.get(`${PATH}/${encodeURIComponent(id)}`).catch(missing) : null,
    ]);
    return { letters, job: jobs.items[0] ?? null, letter };
  }

  content() {
    const { letters, job, letter } = this.found;
    return html`${this.job(job)} ${this.details(letter)}
      ${this.status === 'open' && letters.items.length > 0 && job?.status !== 'running' ? this.all() : nothing}
      ${table('Dead letters', [
        { title: 'Event', cell: (/** @type {any} */ { id, eventType }) => html`<a href=${this.#address({ id })}>${eventType}</a>` },
        { title: 'Consumer', cell: ({ consumer }) => consumer ?? 'no worker' },
        { title: 'Topic', cell: ({ topic }) => topic },
        { title: 'Reason', cell: ({ error }) => html`<span class="reason">${error}</span>` },
        { title: 'Attempts', numeric: true, cell: ({ attempts }) => figure(attempts) },
        { title: 'Received', cell: ({ receivedAt }) => html`<time datetime=${receivedAt} title=${receivedAt}>${ago(receivedAt)}</time>` },
        { title: 'Action', cell: (one) => this.actions(one) },
      ], letters.items, ({ id }) => id, this.status === 'open' ? 'No dead letter is open.' : `No dead letter is ${this.status}.`)}
      ${pager(this.query, letters.nextCursor)}`;
  }

  /** @param {any} job */
  job(job) {
    if (job === null) {
      return nothing;
    }
    const { id, status, matching, succeeded, failed, filter, requestedAt, endedAt } = job;
    return html`<section class="card-like" aria-labelledby="job"><h2 id="job">${status === 'running' ? 'A job is running' : 'The last job'}</h2>
      <p role="status">${jobText(job)}.</p>
      ${status === 'running' ? html`<progress max=${matching || 1} value=${succeeded + failed} aria-label="Progress of the job"></progress>` : nothing}
      <small class="muted">On ${filterText(filter)}. Started ${moment(requestedAt)}${endedAt ? html`, ended ${moment(endedAt)}` : nothing}.</small>
      ${status === 'running'
        ? html`<button class="small secondary outline" ?disabled=${this.busy !== null} @click=${() => this.act('stop', async () => {
            await this.session.api.post(`${JOBS}/${id}/stop`);
          })}>Stop</button>`
        : nothing}</section>`;
  }

  all() {
    const filter = filtersOf(this.query, CONDITIONS);
    const what = filterText({ consumer: null, topic: null, eventType: null, ...filter });
    const bulk = (/** @type {string} */ action, /** @type {string} */ text) => asking(this, {
      name: `${action} all`,
      text: `${text} all of this filter`,
      label: `${text} ${what}`,
      question: `${text} ${what}, on all pages?`,
      yes: `Yes, ${action}`,
      ask: () => (this.#key = newKey()),
      act: () => this.act(`${action} all`, async () => {
        await this.session.api.post(JOBS, { action, ...filter }, this.#key);
        this.asked = '';
        return 'The job was started';
      }),
    });
    return html`<div class="row actions">${bulk('replay', 'Replay')} ${bulk('discard', 'Discard')}</div>`;
  }

  /** @param {any} letter */
  actions({ id, eventType, status }) {
    if (status === 'discarded') {
      return nothing;
    }
    return html`<div class="row">${status === 'open'
      ? html`<button class="small secondary outline" aria-label="Replay ${eventType}" aria-busy=${this.busy === `replay ${id}`} ?disabled=${this.busy !== null}
          @click=${() => this.act(`replay ${id}`, () => this.replay(id))}>Replay</button>`
      : nothing}
      ${asking(this, {
        name: `discard ${id}`,
        text: 'Discard',
        label: `Discard ${eventType}`,
        question: 'Discard it?',
        yes: 'Yes, discard',
        act: () => this.act(`discard ${id}`, async () => {
          await this.session.api.remove(`${PATH}/${id}`);
          this.asked = '';
          return 'The dead letter was discarded';
        }),
      })}</div>`;
  }

  /** @param {string} id */
  async replay(id) {
    const { status, error, laterEventsProcessed: later } = await this.session.api.post(`${PATH}/${id}/replay`);
    if (status !== 'replayed') {
      this.session.toasts.show({ level: 'warning', text: `It failed again: ${error}` });
      return;
    }
    return later > 0 ? `The event was processed, after ${later} later events of its key; check the screen of its user` : 'The event was processed';
  }

  /** @param {any} letter null if none is asked for */
  details(letter) {
    if (letter === null) {
      return nothing;
    }
    const close = html`<a href=${this.#address({ id: '' })}>Close</a>`;
    if (letter.missing) {
      return html`<section class="card-like"><p role="alert">There is no such dead letter: it was discarded, or is older than the retention.</p>${close}</section>`;
    }
    const { id, eventType, eventId, source, key, correlationId, consumer, topic, error, attempts, status, changedAt, event, actions } = letter;
    return html`<section class="card-like" aria-labelledby="letter" data-letter=${id}><div class="row"><h2 id="letter" class="grow">${eventType}</h2>${close}</div>
      <p class="reason">${error}</p>
      ${factList([
        ['Event', ident(eventId, journeyOf(eventId))], ['Source', source], ['Topic', topic], ['Key', key],
        ['Correlation id', correlationId && ident(correlationId, journeyOf(correlationId))], ['Consumer', consumer], ['Attempts', figure(attempts)],
        ['Status', html`${status}, since ${moment(changedAt)}`],
      ])}
      ${payloadOf(event)}
      ${actions.length > 0
        ? html`<h3>What was done</h3><ul class="plain-list">${actions.map((/** @type {any} */ { at, actor, action, result }) => html`<li>${moment(at)} ${actor}: ${action}${result ? `, ${result}` : ''}</li>`)}</ul>`
        : nothing}</section>`;
  }

  /** @param {Record<string, string>} changes */
  #address(changes) {
    const query = new URLSearchParams(this.query);
    Object.entries(changes).forEach(([name, value]) => (value ? query.set(name, value) : query.delete(name)));
    return `${location.pathname}?${query}`;
  }
}

/** @param {unknown} error */
function missing(error) {
  if (error instanceof Refusal && error.status === 404) {
    return { missing: true };
  }
  throw error;
}

customElements.define('console-dead-letters', ConsoleDeadLetters);

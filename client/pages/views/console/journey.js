import { html, nothing } from 'lit';
import { capital, counted } from '../../words.js';
import { ConsolePage } from './console-page.js';
import { factList, fieldsOf, ident, journeyOf, moment, span, table } from './parts.js';

/** How often a journey is asked for in the first minute of its event's way, and later or while it waits for something to be mended (ms). */
const SOON = 2_000;
const LATER = 10_000;
const LOOKS_SOON = 30;

/** What an outcome is called, and its colour. @type {Readonly<Record<string, [string, string]>>} */
const OUTCOMES = {
  delivered: ['Delivered', 'good'],
  on_the_way: ['On the way', 'waits'],
  not_delivered: ['Not delivered', 'bad'],
  unknown: ['No longer stored', 'waits'],
};

/** @param {string} code such as `user_offline` */
const inWords = (code) => capital(code.replaceAll('_', ' '));

/** Where an event is, or the events of a payment, an order, a task or a user, step by step. */
class ConsoleJourney extends ConsolePage {
  every = 0;

  /** How often the journey of this id was found on its way. */
  #looks = 0;

  get id() {
    return this.query.get('id') ?? '';
  }

  /** The journey, whatever the id names. @returns {any} */
  get journey() {
    return this.found?.event ?? this.found?.flow ?? this.found?.user ?? null;
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('query')) {
      this.#looks = 0;
    }
    super.willUpdate(changed);
  }

  async load() {
    if (this.id === '') {
      this.every = 0;
      return {};
    }
    const found = await this.session.api.get(`/api/v1/admin/journeys?${new URLSearchParams({ id: this.id })}`);
    const { outcome } = found.event ?? found.flow ?? found.user;
    const isMoving = outcome === 'on_the_way' && this.#looks++ < LOOKS_SOON;
    this.every = isMoving ? SOON : outcome === 'on_the_way' || outcome === 'not_delivered' ? LATER : 0;
    return found;
  }

  heading() {
    return html`<hgroup><h1 tabindex="-1">Journey</h1><p>Why did the screen not update? Where an event is, step by step, and what to do.</p></hgroup>
      <search><form class="look" @submit=${(/** @type {SubmitEvent} */ event) => this.search({ id: fieldsOf(event).id ?? '' })}>
        <input name="id" required maxlength="256" autocomplete="off" spellcheck="false" autocapitalize="off" aria-label="Id to look for"
          placeholder="Event, payment, order, task or user" .value=${this.id}>
        <button type="submit">Look</button>
      </form></search>`;
  }

  content() {
    const { kind } = this.found;
    if (this.journey === null) {
      return html`<p class="empty">Enter the id of an event, a payment, an order, a task or another correlation id, or the id of a user.</p>`;
    }
    return html`${this.verdict(this.journey)}
      ${kind === 'event' ? this.event(this.journey) : kind === 'user' ? this.user(this.journey) : this.flow(this.journey)}`;
  }

  /** @param {any} journey */
  verdict({ code, outcome, cause, next, stoppedAt }) {
    const [words, colour] = OUTCOMES[outcome] ?? [inWords(outcome), 'waits'];
    return html`<article class="verdict ${colour}" aria-labelledby="verdict" data-code=${code} data-outcome=${outcome}>
      <div class="row"><h2 id="verdict" class="grow">${inWords(code)}</h2><span class="badge ${colour}">${words}</span></div>
      ${stoppedAt ? html`<p class="muted">Not reached: ${stoppedAt}</p>` : nothing}
      <p>${cause}</p>
      <p><strong>What to do:</strong> ${next}</p>
      <div class="row"><small class="muted grow" role="status">As of ${moment(new Date(this.loadedAt).toISOString())}${this.every > 0 ? `, looked up again every ${this.every / 1_000} s` : ''}</small>
        <button class="small secondary outline" @click=${() => this.refresh()}>Look again</button></div>
    </article>`;
  }

  /** @param {any} journey */
  event({ eventId, type, publisher, topic, user, flow, traceId, causedBy, caused, steps }) {
    return html`<section aria-labelledby="steps"><h2 id="steps">Steps</h2>${this.steps(steps)}</section>
      <section aria-labelledby="event"><h2 id="event">Event</h2>${factList([
        ['Id', ident(eventId)],
        ['Type', type],
        ['Published by', publisher],
        ['Topic', topic],
        ['User', user ? ident(user, journeyOf(user)) : null],
        [flow ? capital(flow.kind) : 'Belongs to', flow ? ident(flow.id, journeyOf(flow.id)) : null],
        ['Trace', traceId ? ident(traceId, this.session.config.traceViewer?.replace('{traceId}', traceId)) : null],
        ['Caused by', causedBy ? this.link(causedBy) : 'a request'],
        ['Caused', caused.length === 0 ? 'nothing' : html`<ul class="links">${caused.map((/** @type {any} */ effect) => html`<li>${this.link(effect)}</li>`)}</ul>`],
      ])}</section>`;
  }

  /** @param {any} event */
  link({ eventId, type, publisher }) {
    return html`<a href=${journeyOf(eventId)}>${type}</a> <small class="muted">by ${publisher}</small>`;
  }

  /** @param {readonly any[]} steps */
  steps(steps) {
    if (steps.length === 0) {
      return html`<p class="empty">No step is recorded.</p>`;
    }
    return html`<ol class="timeline">${steps.map(({ stage, at, by, detail, delayMs }) => html`<li data-stage=${stage} class=${at === null ? 'timeless' : nothing}>
      <span class="stage">${capital(stage)}</span>
      <span class="when">${moment(at)}${delayMs === null ? nothing : html` <small class="muted" title="since the step that it follows">+${span(delayMs)}</small>`}</span>
      <span class="what"><strong>${by}</strong> <span>${detail}</span></span></li>`)}</ol>`;
  }

  /** @param {any} journey of a payment, an order, a task */
  flow({ kind, id, user, state, events, steps }) {
    return html`<section aria-labelledby="events"><h2 id="events">Events</h2>${table('Events', [
        { title: 'Time', cell: ({ at }) => moment(at) },
        { title: 'After', numeric: true, cell: ({ delayMs }) => (delayMs === null ? '' : `+${span(delayMs)}`) },
        { title: 'Event', cell: (event) => this.link(event) },
        { title: 'Verdict', cell: ({ code, outcome }) => html`<span class="badge ${OUTCOMES[outcome]?.[1] ?? ''}">${inWords(code)}</span>` },
      ], events, ({ eventId }) => eventId, 'No event is stored.')}</section>
      ${steps.length === 0 ? nothing : html`<section aria-labelledby="steps"><h2 id="steps">Steps of the event in question</h2>${this.steps(steps)}</section>`}
      <section aria-labelledby="flow"><h2 id="flow">${capital(kind)}</h2>${factList([
        ['Id', ident(id)], ['State', state || null], ['User', user ? ident(user, journeyOf(user)) : null]])}</section>`;
  }

  /** @param {any} journey */
  user({ userId, connections, waiting, events }) {
    return html`<section aria-labelledby="connections"><h2 id="connections">Connections</h2>${table('Connections', [
        { title: 'Replica', cell: ({ replica }) => replica },
        { title: 'Role', cell: ({ role }) => role },
        { title: 'Since', cell: ({ openedAt }) => moment(openedAt) },
        { title: 'State', cell: ({ closedAt, closedBy }) => (closedAt === null ? 'open' : html`closed ${moment(closedAt)} by ${closedBy}`) },
        { title: 'Last message', cell: ({ heardAt }) => moment(heardAt) },
        { title: 'Not sent', numeric: true, cell: ({ behind, waiting: queued }) => behind + queued },
        { title: 'Acknowledged up to', numeric: true, cell: ({ acknowledgedUpTo }) => acknowledgedUpTo ?? '–' },
      ], connections, ({ replica, openedAt, closedAt }) => `${replica} ${openedAt} ${closedAt}`, 'There is none, and none is remembered.')}</section>
      ${waiting.length === 0 ? nothing : html`<section aria-labelledby="waiting"><h2 id="waiting">${counted(waiting.length, 'event')} in the outbox</h2>${table('Unpublished events', [
        { title: 'Committed', cell: ({ committedAt }) => moment(committedAt) },
        { title: 'Event', cell: ({ eventId, type, by }) => this.link({ eventId, type, publisher: by }) },
        { title: 'Error', cell: ({ lastError }) => lastError ?? '–' },
      ], waiting, ({ eventId }) => eventId)}</section>`}
      <section aria-labelledby="latest"><h2 id="latest">Latest events of ${userId}</h2>${table('Latest events', [
        { title: 'Logged', cell: ({ loggedAt }) => moment(loggedAt) },
        { title: 'Number', numeric: true, cell: ({ number }) => number },
        { title: 'Event', cell: ({ eventId, type, source }) => this.link({ eventId, type, publisher: source }) },
        { title: 'Connections', cell: ({ outcomes }) => outcomes.join(', ') || '–' },
      ], events, ({ number }) => `${number}`, 'The log has none.')}</section>`;
  }
}

customElements.define('console-journey', ConsoleJourney);

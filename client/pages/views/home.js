import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Refusal } from '../api.js';
import { Page } from '../page.js';
import { counted, day, money } from '../words.js';

/** Sessions that the home page lists; learnings has them all. */
const NEXT = 6;

class HomePage extends Page {
  static properties = { ...Page.properties, chosen: { state: true }, problem: { state: true }, busy: { state: true } };

  constructor() {
    super();
    /** The course that is being bought. @type {any} */
    this.chosen = null;
    /** @type {Refusal | null} */
    this.problem = null;
    this.busy = false;
  }

  watched() {
    return [this.session.learning.screen, this.session.courses.items];
  }

  connectedCallback() {
    super.connectedCallback();
    // A session that ends while the page is open is upcoming no longer.
    this.clock = setInterval(() => this.requestUpdate(), 30_000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.clock);
  }

  render() {
    const { home: found, error } = this.session.learning.screen.get();
    const home = found && { ...found, upcomingSessions: found.upcomingSessions.filter((/** @type {any} */ { endsAt }) => !(Date.parse(endsAt) <= Date.now())) };
    return html`
      <hgroup><h1 tabindex="-1">Good to see you, ${this.session.user}</h1><p>${this.next(home)}</p></hgroup>
      ${error ? html`<p class="problem" role="alert">This may be out of date: ${error}</p>` : nothing}
      ${home ? this.screen(home) : html`<p aria-busy="true">Loading…</p>`}
      ${this.courses(home)}
      ${this.dialog()}`;
  }

  /** @param {any} home */
  next(home) {
    const session = home?.upcomingSessions[0];
    if (!session) {
      return home?.recentCourses.length ? 'No session is planned.' : 'Choose a course, and your sessions appear here.';
    }
    return Date.parse(session.startsAt) <= Date.now()
      ? `Your session began at ${session.scheduledTime}.`
      : `Your next session is on ${day(session.scheduledDate)}, ${session.scheduledTime}.`;
  }

  /** @param {any} home */
  screen({ overview, upcomingSessions, recentCourses }) {
    const tile = (/** @type {any} */ number, /** @type {string} */ text) => html`<div class="tile"><strong>${number}</strong> <span>${text}</span></div>`;
    return html`
      <div class="tiles" data-overview>
        ${tile(overview.activeCourses, 'active courses')} ${tile(upcomingSessions.length, 'upcoming sessions')}
        ${tile(`${overview.completedSessions}/${overview.totalSessions}`, 'sessions done')}
        ${overview.waitingForTrainer ? tile(overview.waitingForTrainer, 'waiting for a trainer') : nothing}
      </div>
      ${upcomingSessions.length === 0 ? nothing : html`<section aria-labelledby="upcoming">
        <div class="heading"><h2 id="upcoming">Upcoming sessions</h2><a href="/learnings">All of them</a></div>
        <ul class="cards">${repeat(upcomingSessions.slice(0, NEXT), ({ sessionId }) => sessionId, (session) => html`<li class="session">
          <span class="date">${day(session.scheduledDate)}</span> <strong>${session.scheduledTime}</strong>
          <span class="title">${session.courseTitle}</span> <small class="muted">${session.trainerName ?? 'Trainer to come'}</small></li>`)}</ul></section>`}
      ${recentCourses.length === 0 ? nothing : html`<section aria-labelledby="mine"><h2 id="mine">Your courses</h2>
        <ul class="list">${repeat(recentCourses, ({ purchaseId }) => purchaseId, (course) => html`<li class="item">
          <div class="grow"><strong class="title">${course.title}</strong>
            <small class="muted">${course.trainer ? `with ${course.trainer.name}` : 'A trainer is being found…'}</small></div>
          <label class="progress"><small>${course.completedSessions} of ${course.purchaseTier} done</small>
            <progress value=${course.completedSessions} max=${course.purchaseTier}></progress></label></li>`)}</ul></section>`}`;
  }

  /** @param {any} home */
  courses(home) {
    const catalogue = this.session.courses.items.get();
    const trending = new Set((home?.trendingCourses ?? []).map(({ courseId }) => courseId));
    const mine = new Set((home?.recentCourses ?? []).map(({ courseId }) => courseId));
    return html`<section aria-labelledby="courses"><h2 id="courses">Courses</h2>
      ${catalogue.length === 0 ? html`<p class="empty">No courses to show yet.</p>` : nothing}
      <ul class="cards">${catalogue.map((course) => html`<li class="card course">
        <div class="heading"><h3>${course.title}</h3>${trending.has(course.courseId) ? html`<span class="badge trending">Trending</span>` : nothing}</div>
        <p class="grow muted">${course.description}</p>
        <div class="row end"><span class="grow">from ${money(this.session.config.currency)(Math.min(...course.tiers.map((/** @type {any} */ { price }) => price)))}</span>
          ${mine.has(course.courseId) ? html`<span class="badge live">Yours</span>` : html`<button class="small" @click=${() => this.choose(course)} aria-label="Buy ${course.title}">Buy</button>`}</div>
      </li>`)}</ul></section>`;
  }

  dialog() {
    const invalid = (/** @type {string} */ field) => (this.problem?.blames(field) ? 'true' : nothing);
    return html`<dialog aria-labelledby="buy" @close=${() => (this.chosen = null)}>${this.chosen ? html`<article>
      <header><button class="close" rel="prev" aria-label="Close" @click=${this.dismiss}></button><h2 id="buy">${this.chosen.title}</h2></header>
      <form novalidate @submit=${this.buy}>
        <fieldset><legend>How many sessions?</legend>${this.chosen.tiers.map((/** @type {any} */ { tier, price }, /** @type {number} */ index) => html`<label>
          <input type="radio" name="tier" value=${tier} ?checked=${index === 0}> ${counted(tier, 'session')}, ${money(this.session.config.currency)(price)}</label>`)}</fieldset>
        <div class="row"><label class="grow">Each day at <input name="slot" type="time" value="16:00" aria-invalid=${invalid('timeSlot')}></label>
        <label class="grow">From <input name="start" type="date" aria-invalid=${invalid('startDate')}></label></div>
        ${this.problem ? html`<p class="problem" role="alert">${this.problem.message}</p>` : nothing}
        <footer><button type="submit" aria-busy=${this.busy ? 'true' : nothing} ?disabled=${this.busy}>Buy now</button></footer>
      </form></article>` : html`<h2 id="buy" class="hidden">Buy a course</h2>`}</dialog>`;
  }

  /** @param {any} course */
  async choose(course) {
    this.chosen = course;
    this.problem = null;
    await this.updateComplete;
    /** @type {HTMLDialogElement} */ (this.querySelector('dialog')).showModal();
  }

  dismiss() {
    /** @type {HTMLDialogElement} */ (this.querySelector('dialog')).close();
  }

  /** @param {SubmitEvent} event */
  async buy(event) {
    event.preventDefault();
    const fields = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const start = String(fields.get('start'));
    const wish = {
      courseId: this.chosen.courseId,
      purchaseTier: Number(fields.get('tier')),
      timeSlot: String(fields.get('slot')),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      ...(start ? { startDate: start } : {}),
    };
    const { api, toasts } = this.session;
    this.busy = true;
    this.problem = null;
    try {
      const { paymentId } = await api.post('/api/v1/payments', wish);
      await api.post(`/api/v1/payments/${paymentId}/confirm`);
      toasts.show({ level: 'success', text: `You have ${this.chosen.title}. Your sessions appear in a moment.` });
      this.dismiss();
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      this.problem = error;
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('home-page', HomePage);

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Page } from '../page.js';
import { counted, day } from '../words.js';

class LearningsPage extends Page {
  watched() {
    return [this.session.learning.screen];
  }

  render() {
    const { learning, error } = this.session.learning.screen.get();
    const courses = learning?.activeCourses ?? [];
    return html`
      <hgroup><h1 tabindex="-1">Learnings</h1><p>${courses.length ? counted(courses.length, 'active course') : 'Your courses and all their sessions.'}</p></hgroup>
      ${error ? html`<p class="problem" role="alert">This may be out of date: ${error}</p>` : nothing}
      ${learning && courses.length === 0 ? html`<div class="empty"><p>You have no course yet.</p><a role="button" href="/home">Find one</a></div>` : nothing}
      ${repeat(courses, ({ purchase }) => purchase.purchaseId, (course, index) => this.course(course, index === 0))}`;
  }

  /** @param {any} course @param {boolean} first */
  course({ title, trainer, sessions, purchase, allocation }, first) {
    const done = sessions.filter((/** @type {any} */ { status }) => status === 'completed').length;
    return html`<details class="card" ?open=${first}>
      <summary><strong class="title">${title}</strong> <small class="muted">${trainer ? `with ${trainer.name}` : 'waiting for a trainer'}
        · ${done} of ${purchase.purchaseTier} done</small></summary>
      ${allocation?.reason ? html`<p class="muted">No trainer is free at that time yet. You get one as soon as possible, and your sessions appear here.</p>` : nothing}
      <ol class="sessions">${sessions.map((/** @type {any} */ { scheduledDate, scheduledTime, status }) => html`<li class=${status}>
        <span>${day(scheduledDate)}</span> <strong>${scheduledTime}</strong> <span class="badge ${status}">${status}</span></li>`)}</ol>
      ${trainer && sessions.length === 0 ? html`<p aria-busy="true">Your sessions are being made…</p>` : nothing}
    </details>`;
  }
}

customElements.define('learnings-page', LearningsPage);

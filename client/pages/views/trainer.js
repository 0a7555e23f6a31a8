import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Page } from '../page.js';
import { counted, day } from '../words.js';

class TrainerPage extends Page {
  watched() {
    return [this.session.lessons.items];
  }

  render() {
    const lessons = this.session.lessons.items.get().filter(({ status }) => status === 'scheduled');
    return html`
      <hgroup><h1 tabindex="-1">Sessions</h1><p>${lessons.length === 0 ? 'You have none to give.' : `${counted(lessons.length, 'session')} to give`}</p></hgroup>
      ${lessons.length === 0 ? html`<p class="empty">A student who buys a course of yours appears here at once.</p>` : nothing}
      <ul class="list">${repeat(lessons, ({ sessionId }) => sessionId, (lesson) => this.item(lesson))}</ul>`;
  }

  /** @param {any} lesson */
  item({ sessionId, courseTitle, studentId, scheduledDate, scheduledTime, timeZone }) {
    return html`<li class="item" data-id=${sessionId}>
      <span class="when"><span>${day(scheduledDate)}</span> <strong title=${timeZone}>${scheduledTime}</strong></span>
      <div class="grow"><strong class="title">${courseTitle}</strong><small class="muted">with ${studentId}</small></div>
      <button class="small" @click=${() => this.complete(sessionId, courseTitle)} aria-label="Complete ${courseTitle} with ${studentId} on ${day(scheduledDate)}">Complete</button></li>`;
  }

  /** @param {string} id @param {string} title */
  async complete(id, title) {
    const { attempt, lessons, api, toasts } = this.session;
    if (await attempt(() => lessons.change(id, { status: 'completed' }, () => api.post(`/api/v1/sessions/${id}/complete`)))) {
      toasts.show({ level: 'success', text: `${title}: session completed` });
    }
  }
}

customElements.define('trainer-page', TrainerPage);

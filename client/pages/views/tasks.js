import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Refusal } from '../api.js';
import { icons } from '../icons.js';
import { Page } from '../page.js';
import { counted, dayAndTime, draftId } from '../words.js';

class TasksPage extends Page {
  static properties = { ...Page.properties, problem: { state: true }, edited: { state: true } };

  constructor() {
    super();
    /** @type {Refusal | null} */
    this.problem = null;
    /** The task whose title is being changed. @type {string | null} */
    this.edited = null;
  }

  watched() {
    return [this.session.tasks.items];
  }

  render() {
    const tasks = this.session.tasks.items.get();
    const open = tasks.filter(({ status }) => status !== 'completed');
    const done = tasks.filter(({ status }) => status === 'completed');
    return html`
      <hgroup><h1 tabindex="-1">Tasks</h1><p>${tasks.length === 0 ? 'Nothing to do yet.' : `${open.length} open, ${done.length} done`}</p></hgroup>
      ${this.form()}
      ${tasks.length === 0 ? html`<p class="empty">Add a task above. It appears in every tab and on every device of yours.</p>` : nothing}
      ${this.list(open)}
      ${done.length > 0 ? html`<details open><summary>${counted(done.length, 'done task')}</summary>${this.list(done)}</details>` : nothing}`;
  }

  form() {
    const invalid = (/** @type {string} */ field) => (this.problem?.blames(field) ? 'true' : nothing);
    return html`<form class="card" novalidate @submit=${this.add}>
      <div class="row">
        <label class="wide">New task <input name="title" required placeholder="What is to be done?" aria-invalid=${invalid('title')}></label>
        <label>Due <input name="due" type="datetime-local" aria-invalid=${invalid('due_at')}></label>
        <label>Repeats <select name="recurrence"><option value="">Never</option><option value="daily">Daily</option>
          <option value="weekly">Weekly</option><option value="monthly">Monthly</option></select></label>
        <button type="submit">Add</button>
      </div>
      ${this.problem ? html`<p class="problem" role="alert">${this.problem.message}</p>` : nothing}
    </form>`;
  }

  /** @param {readonly any[]} tasks */
  list(tasks) {
    return html`<ul class="list">${repeat(tasks, ({ task_id }) => task_id, (task) => this.item(task))}</ul>`;
  }

  /** @param {any} task */
  item(task) {
    const { task_id, title, due_at, recurrence, status, pending } = task;
    const done = status === 'completed';
    const late = !done && due_at && new Date(due_at) < new Date();
    return html`<li class="item ${done ? 'done' : ''} ${pending ? 'pending' : ''}" data-id=${task_id}>
      <input type="checkbox" aria-label="Done: ${title}" .checked=${done} ?disabled=${done || pending} @change=${() => this.complete(task)}>
      <div class="grow">${this.edited === task_id
        ? html`<form class="row" novalidate @submit=${(/** @type {SubmitEvent} */ event) => this.rename(event, task)}>
            <input name="title" class="wide" aria-label="Title" .value=${title} @keydown=${this.escaped}><button type="submit">Save</button></form>`
        : html`<span class="title">${title}</span>`}
        ${due_at || recurrence
          ? html`<small class="${late ? 'late' : 'muted'}">${due_at ? html`${icons.clock} ${dayAndTime(due_at)}` : nothing}
              ${recurrence ? html`<span class="tag">${icons.again} ${recurrence}</span>` : nothing}</small>`
          : nothing}</div>
      ${done || pending || this.edited === task_id ? nothing : html`<button class="plain" @click=${() => this.edit(task_id)} aria-label="Change ${title}">Edit</button>`}
      <button class="plain" ?disabled=${pending} @click=${() => this.deleteTask(task)} aria-label="Delete ${title}" title="Delete">${icons.remove}</button>
    </li>`;
  }

  /** @param {SubmitEvent} event */
  async add(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const fields = new FormData(form);
    const due = String(fields.get('due'));
    const body = {
      title: String(fields.get('title')),
      due_at: due ? new Date(due).toISOString() : null,
      recurrence: String(fields.get('recurrence')) || null,
      time_zone: due ? Intl.DateTimeFormat().resolvedOptions().timeZone : null,
    };
    const { tasks, api } = this.session;
    const known = new Set(tasks.items.get().map(({ task_id }) => task_id));
    const draft = { ...body, task_id: draftId(), status: 'open', pending: true };
    this.problem = null;
    form.reset();
    try {
      await tasks.add(draft, () => api.post('/api/tasks', body), (task) => task.title === body.title && !known.has(task.task_id));
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      this.problem = error;
      const title = /** @type {HTMLInputElement} */ (form.elements.namedItem('title'));
      title.value ||= body.title;
      title.focus();
    }
  }

  /** @param {any} task */
  complete({ task_id }) {
    const { attempt, tasks, api } = this.session;
    void attempt(() => tasks.change(task_id, { status: 'completed' }, () => api.post(`/api/tasks/${task_id}/complete`)));
  }

  /** @param {any} task */
  deleteTask({ task_id }) {
    const { attempt, tasks, api } = this.session;
    void attempt(() => tasks.drop(task_id, () => api.remove(`/api/tasks/${task_id}`)));
  }

  /** @param {string} id */
  async edit(id) {
    this.edited = id;
    await this.updateComplete;
    /** @type {HTMLInputElement | null} */ (this.querySelector('.item input[name=title]'))?.select();
  }

  /** @param {KeyboardEvent} event */
  escaped(event) {
    if (event.key === 'Escape') {
      this.edited = null;
    }
  }

  /** @param {SubmitEvent} event @param {any} task */
  async rename(event, { task_id }) {
    event.preventDefault();
    const title = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('title'));
    const { attempt, tasks, api } = this.session;
    if (await attempt(() => tasks.change(task_id, { title }, () => api.patch(`/api/tasks/${task_id}`, { title })))) {
      this.edited = null;
    }
  }
}

customElements.define('tasks-page', TasksPage);

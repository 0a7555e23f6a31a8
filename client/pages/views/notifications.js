import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Page } from '../page.js';
import { ago } from '../words.js';

class NotificationsPage extends Page {
  watched() {
    return [this.session.notifications.items];
  }

  render() {
    const all = this.session.notifications.items.get();
    const unread = all.filter(({ read }) => !read);
    return html`
      <div class="heading"><hgroup><h1 tabindex="-1">Notifications</h1><p>${unread.length === 0 ? 'You have read them all.' : `${unread.length} unread`}</p></hgroup>
        ${unread.length > 1 ? html`<button class="secondary outline" @click=${() => unread.forEach((one) => this.read(one))}>Mark all as read</button>` : nothing}</div>
      ${all.length === 0 ? html`<p class="empty">Nothing yet. What happens to your orders and tasks is told here.</p>` : nothing}
      <ul class="list">${repeat(all, ({ id }) => id, (one) => this.item(one))}</ul>`;
  }

  /** @param {any} notification */
  item(notification) {
    const { id, type, title, message, createdAt, read } = notification;
    return html`<li class="item ${read ? 'done' : 'unread'}" data-id=${id}>
      <span class="badge ${type}">${type}</span>
      <div class="grow"><strong class="title">${title || message || 'New notification'}</strong>
        ${title && message ? html`<span>${message}</span>` : nothing}
        <small class="muted"><time datetime=${createdAt}>${ago(createdAt)}</time></small></div>
      ${read ? nothing : html`<button class="plain" @click=${() => this.read(notification)}>Mark as read</button>`}
    </li>`;
  }

  /** @param {any} notification */
  read({ id }) {
    const { attempt, notifications, api } = this.session;
    void attempt(() => notifications.change(id, { read: true }, () => api.post(`/api/v1/notifications/${id}/read`)));
  }
}

customElements.define('notifications-page', NotificationsPage);

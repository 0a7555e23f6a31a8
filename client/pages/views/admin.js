import { shortOrderId } from '@tidings/client';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Refusal } from '../api.js';
import { badge } from '../order-badge.js';
import { Page } from '../page.js';
import './products.js';
import { ago, capital, counted, dayAndTime, money } from '../words.js';

const STATUSES = ['pending', 'processing', 'shipped', 'delivered', 'cancelled'];

/** What an order with that status may become. @param {string} status */
function nextOf(status) {
  return status === 'delivered' || status === 'cancelled' ? [] : STATUSES.slice(STATUSES.indexOf(status) + 1);
}

/** No event tells of these; they are asked for this often while somebody looks (ms). */
const LOOK_EVERY = 5_000;

class AdminPage extends Page {
  static properties = {
    ...Page.properties, shown: { state: true }, connected: { state: true }, waiting: { state: true }, letters: { state: true }, problem: { state: true },
  };

  /** @type {any} */
  #timer = null;

  constructor() {
    super();
    this.shown = '';
    this.problem = '';
    /** Who is connected; null until known. @type {any} */
    this.connected = null;
    /** Purchases that wait for a trainer; null until known. @type {any[] | null} */
    this.waiting = null;
    /** Events that no worker could process; null until known. @type {any[] | null} */
    this.letters = null;
  }

  watched() {
    const { allOrders } = this.session;
    return allOrders ? [allOrders.items] : [];
  }

  connectedCallback() {
    super.connectedCallback();
    void this.look();
    this.#timer = setInterval(() => document.hidden || this.look(), LOOK_EVERY);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  async look() {
    const { api } = this.session;
    try {
      [this.connected, this.waiting, this.letters] = await Promise.all([
        // Not every installation lets browsers see these.
        api.stats().catch(() => null), api.all('/api/v1/admin/allocations?status=waiting'), api.all('/api/v1/admin/dead-letters'),
      ]);
      this.problem = '';
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      this.problem = error.message;
    }
  }

  render() {
    return html`<hgroup><h1 tabindex="-1">Admin</h1><p>What happens in the shop and in the school, while it happens.</p></hgroup>
      ${this.problem ? html`<p class="problem" role="alert">This may be out of date: ${this.problem}</p>` : nothing}
      ${this.now()}
      ${this.session.allOrders ? this.orders(this.session.allOrders.items.get()) : nothing}
      <products-form .session=${this.session}></products-form>
      ${this.allocations()}
      ${this.deadLetters()}`;
  }

  now() {
    const { total_users: users, total_connections: connections, replicas } = this.connected ?? {};
    const tile = (/** @type {number | undefined} */ number, /** @type {string} */ text) => html`<div class="tile"><strong>${number ?? '–'}</strong> <span>${text}</span></div>`;
    return html`<div class="tiles" data-now>${tile(users, 'people connected')} ${tile(connections, 'connections')}
      ${tile(replicas?.length, 'replicas of the live service')} ${tile(this.waiting?.length, 'waiting for a trainer')} ${tile(this.letters?.length, 'dead letters')}</div>`;
  }

  /** @param {readonly any[]} orders */
  orders(orders) {
    const shown = orders.filter(({ status }) => this.shown === '' || status === this.shown);
    return html`<section aria-labelledby="orders"><h2 id="orders">Orders</h2>
      <div class="tiles">${['', ...STATUSES].map((status) => html`<button class="tile" aria-pressed=${this.shown === status} @click=${() => (this.shown = status)}>
        <strong>${orders.filter((order) => status === '' || order.status === status).length}</strong> <span>${status === '' ? 'All' : capital(status)}</span></button>`)}</div>
      ${shown.length === 0 ? html`<p class="empty">No orders here.</p>` : nothing}
      <ul class="list orders">${repeat(shown, ({ orderId }) => orderId, (order) => this.order(order))}</ul></section>`;
  }

  /** @param {any} order */
  order({ orderId, buyerId, status, items, total, shippingAddress, createdAt }) {
    return html`<li class="item" data-id=${orderId}>
      <div class="grow">
        <div class="row"><strong class="title">#${shortOrderId(orderId)}</strong>${badge(status)}<small class="muted grow">${buyerId} · ${dayAndTime(createdAt)}</small></div>
        <span>${items.map((/** @type {any} */ { name, quantity }) => `${quantity} × ${name}`).join(', ')}</span>
        ${shippingAddress ? html`<small class="muted address">${shippingAddress}</small>` : nothing}
      </div>
      <span class="amount">${money(this.session.config.currency)(total)}</span>
      ${nextOf(status).length > 0
        ? html`<select class="small" aria-label="Move order ${shortOrderId(orderId)} on" .value=${''} @change=${(/** @type {Event} */ event) => this.move(event, orderId)}>
            <option value="">Move to…</option>${nextOf(status).map((next) => html`<option value=${next}>${capital(next)}</option>`)}</select>`
        : nothing}
    </li>`;
  }

  allocations() {
    return html`<section aria-labelledby="waiting"><h2 id="waiting">Waiting for a trainer</h2>
      ${this.waiting === null ? html`<p aria-busy="true">Looking…</p>` : nothing}
      ${this.waiting?.length === 0 ? html`<p class="empty">Everybody has a trainer.</p>` : nothing}
      <ul class="list">${(this.waiting ?? []).map(({ studentId, courseId, reason, createdAt }) => html`<li class="item">
        <div class="grow"><strong class="title">${studentId}</strong><span>${courseId}</span></div>
        <small class="muted">${capital((reason ?? '').replaceAll('_', ' ').toLowerCase())}, since ${ago(createdAt)}</small></li>`)}</ul>
      ${this.waiting?.length ? html`<small class="muted">${counted(this.waiting.length, 'purchase')}; each gets a trainer as soon as one is free.</small>` : nothing}
    </section>`;
  }

  deadLetters() {
    const letters = this.letters ?? [];
    return html`<section aria-labelledby="letters"><h2 id="letters">Dead letters</h2>
      ${letters.length === 0 && this.letters ? html`<p class="empty">Every event was processed.</p>` : nothing}
      <ul class="list">${letters.map(({ id, eventType, topic, consumer, error, attempts, receivedAt }) => html`<li class="item" data-id=${id}>
        <div class="grow"><strong class="title">${eventType}</strong><span>${error}</span>
          <small class="muted">${topic}, ${consumer ?? 'no worker'}, ${counted(attempts, 'attempt')}, ${ago(receivedAt)}</small></div>
        <button class="secondary outline small" @click=${() => this.replay(id)} aria-label="Replay ${eventType}">Replay</button></li>`)}</ul></section>`;
  }

  /** @param {string} id */
  async replay(id) {
    const { attempt, api, toasts } = this.session;
    await attempt(async () => {
      const { status, error } = await api.post(`/api/v1/admin/dead-letters/${id}/replay`);
      toasts.show(status === 'replayed' ? { level: 'success', text: 'The event was processed' } : { level: 'warning', text: `It failed again: ${error}` });
    });
    await this.look();
  }

  /** @param {Event} event @param {string} orderId */
  move(event, orderId) {
    const select = /** @type {HTMLSelectElement} */ (event.target);
    const status = select.value;
    select.value = '';
    const { attempt, allOrders, api } = this.session;
    void attempt(() => allOrders.change(orderId, { status }, () => api.patch(`/api/v1/admin/orders/${orderId}`, { status })));
  }
}

customElements.define('admin-page', AdminPage);

import { shortOrderId } from '@tidings/client';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Refusal, refusal } from '../api.js';
import { icons } from '../icons.js';
import { badge } from '../order-badge.js';
import { Page } from '../page.js';
import { counted, dayAndTime, draftId, money } from '../words.js';

class OrdersPage extends Page {
  static properties = { ...Page.properties, problem: { state: true }, items: { state: true }, busy: { state: true } };

  constructor() {
    super();
    /** @type {Refusal | null} */
    this.problem = null;
    this.busy = false;
    this.items = [newItem()];
  }

  watched() {
    return [this.session.orders.items, this.session.products.items];
  }

  render() {
    const orders = this.session.orders.items.get();
    return html`
      <hgroup><h1 tabindex="-1">Orders</h1><p>${orders.length === 0 ? 'You have not ordered anything yet.' : counted(orders.length, 'order')}</p></hgroup>
      <details class="card" ?open=${orders.length === 0 || this.busy || this.problem !== null}><summary role="button">New order</summary>${this.form()}</details>
      <ul class="list orders">${repeat(orders, ({ orderId }) => orderId, (order) => this.order(order))}</ul>`;
  }

  form() {
    const price = money(this.session.config.currency);
    const subtotal = this.items.reduce((sum, item) => sum + Number(item.quantity) * (this.product(item)?.unitPrice ?? 0), 0);
    const invalid = (/** @type {string} */ field) => (this.problem?.blames(field) ? 'true' : nothing);
    return html`<form novalidate @submit=${this.place}>
      <datalist id="goods">${this.goods().map(({ name, unitPrice }) => html`<option value=${name}>${price(unitPrice)}</option>`)}</datalist>
      ${this.items.map((item, index) => html`<fieldset class="row">
        <legend class="hidden">Item ${index + 1}</legend>
        <label class="wide">Item <input name="name" list="goods" placeholder="Fountain pen" .value=${item.name}
          aria-invalid=${invalid(`items[${index}].name`) === 'true' ? 'true' : invalid(`items[${index}].sku`)} @input=${(/** @type {InputEvent} */ event) => this.named(index, value(event))}></label>
        <label>Quantity <input name="quantity" type="number" inputmode="numeric" .value=${String(item.quantity)}
          aria-invalid=${invalid(`items[${index}].quantity`)} @input=${(/** @type {InputEvent} */ event) => this.set(index, { quantity: value(event) })}></label>
        <label>Price each <input name="unitPrice" readonly placeholder="–" .value=${this.product(item) ? price(this.product(item).unitPrice) : ''}
          aria-invalid=${invalid(`items[${index}].unitPrice`)}></label>
        ${this.items.length > 1 ? html`<button type="button" class="plain" aria-label="Remove item ${index + 1}" @click=${() => this.drop(index)}>${icons.remove}</button>` : nothing}
      </fieldset>`)}
      <button type="button" class="secondary outline small" @click=${() => (this.items = [...this.items, newItem()])}>Add another item</button>
      <label>Shipping address <textarea name="address" rows="2" autocomplete="street-address" placeholder="Street, postcode, city" aria-invalid=${invalid('shippingAddress')}></textarea></label>
      ${this.problem ? html`<p class="problem" role="alert">${this.problem.message}</p>` : nothing}
      <div class="row end"><span class="grow muted">${Number.isFinite(subtotal) ? `${price(subtotal)} before tax` : ''}</span>
        <button type="submit" aria-busy=${this.busy ? 'true' : nothing} ?disabled=${this.busy}>Place the order</button></div>
    </form>`;
  }

  /** @param {any} order */
  order(order) {
    const price = money(this.session.config.currency);
    const { orderId, status, items, total, subtotal, tax, shippingAddress, createdAt, pending } = order;
    return html`<li class="item ${pending ? 'pending' : ''}" data-id=${orderId}>
      <div class="grow">
        <div class="row"><strong class="title">${pending ? 'Placing your order…' : `#${shortOrderId(orderId)}`}</strong>${badge(status)}
          <small class="muted grow">${dayAndTime(createdAt)}</small></div>
        <span>${items.map((/** @type {any} */ { name, quantity }) => `${quantity} × ${name}`).join(', ')}</span>
        ${shippingAddress ? html`<small class="muted address">${shippingAddress}</small>` : nothing}
      </div>
      <span class="amount" title="${price(subtotal)} and ${price(tax)} tax">${price(total)}</span>
      ${status === 'pending' && !pending ? html`<button class="secondary outline small" @click=${() => this.cancel(order)} aria-label="Cancel order ${shortOrderId(orderId)}">Cancel</button>` : nothing}
    </li>`;
  }

  /** The products that can be ordered. @returns {any[]} */
  goods() {
    return this.session.products.items.get().filter(({ active }) => active);
  }

  /** The product of an item; undefined until its name is complete and the catalogue is there. @param {{ sku: string, name: string }} item @returns {any} */
  product({ sku, name }) {
    const goods = this.goods();
    return goods.find((product) => product.sku === sku) ?? goods.find((product) => product.name === name);
  }

  /** @param {number} index @param {string} name */
  named(index, name) {
    this.set(index, { name, sku: '' });
  }

  /** @param {number} index @param {object} change */
  set(index, change) {
    this.items = this.items.map((item, at) => (at === index ? { ...item, ...change } : item));
  }

  /** @param {number} index */
  drop(index) {
    this.items = this.items.filter((_, at) => at !== index);
  }

  /** @param {SubmitEvent} event */
  async place(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const unknown = this.items.flatMap((item, index) => (this.product(item) ? [] : [{ field: `items[${index}].name`, message: 'must be one of the products that are offered' }]));
    if (unknown.length > 0) {
      this.problem = refusal(422, { errors: unknown });
      return;
    }
    // With the name and the price that the buyer sees: the service refuses the order if the catalogue has others by now.
    const items = this.items.map((item) => ({ sku: this.product(item).sku, name: this.product(item).name, quantity: number(item.quantity), unitPrice: this.product(item).unitPrice }));
    const body = { items, shippingAddress: String(new FormData(form).get('address')) };
    this.busy = true;
    this.problem = null;
    try {
      await this.session.orders.add(this.draft(body), () => this.session.api.post('/api/v1/orders', body), this.isNew(body));
      this.items = [newItem()];
      form.reset();
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      this.problem = error;
      if (error.status === 422) {
        await this.renew();
      }
    } finally {
      this.busy = false;
    }
  }

  /** Shows the catalogue as it is now; the items that were chosen stay chosen. */
  async renew() {
    const { products, api } = this.session;
    this.items = this.items.map((item) => ({ ...item, sku: this.product(item)?.sku ?? '' }));
    await products.load(() => api.all('/api/v1/products')).catch(() => {}); // The refusal is on the page; the next try asks again.
    this.items = this.items.map((item) => ({ ...item, name: this.product(item)?.name ?? item.name }));
  }

  /** The order as it shows until the service has answered. @param {{ items: any[], shippingAddress: string }} body */
  draft(body) {
    const createdAt = new Date().toISOString();
    const subtotal = body.items.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
    return {
      ...body, orderId: draftId(), buyerId: this.session.user, status: 'pending',
      subtotal, tax: 0, total: subtotal, createdAt, updatedAt: createdAt, pending: true,
    };
  }

  /** Tells whether an order that came by an event is this one. @param {{ items: any[] }} body @returns {(order: any) => boolean} */
  isNew({ items }) {
    const known = new Set(this.session.orders.items.get().map(({ orderId }) => orderId));
    const names = items.map(({ name, quantity }) => `${quantity} ${name}`).join();
    return (order) => !known.has(order.orderId) && order.items.map((/** @type {any} */ { name, quantity }) => `${quantity} ${name}`).join() === names;
  }

  /** @param {any} order */
  cancel({ orderId }) {
    const { attempt, orders, api } = this.session;
    void attempt(() => orders.change(orderId, { status: 'cancelled' }, () => api.post(`/api/v1/orders/${orderId}/cancel`, { reason: 'Cancelled by the buyer' })));
  }
}

function newItem() {
  return { sku: '', name: '', quantity: /** @type {any} */ (1) };
}

/** @param {Event} event */
function value(event) {
  return /** @type {HTMLInputElement} */ (event.target).value;
}

/** Null, which the service calls missing, rather than 0 for what is no number. @param {string | number} text */
function number(text) {
  return text === '' || !Number.isFinite(Number(text)) ? null : Number(text);
}

customElements.define('orders-page', OrdersPage);

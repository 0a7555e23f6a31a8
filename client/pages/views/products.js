import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Refusal } from '../api.js';
import { Page } from '../page.js';
import { money } from '../words.js';

/** The catalogue of the shop, for an administrator: a list, and a form that adds a product or changes one. */
class ProductsForm extends Page {
  static properties = { ...Page.properties, problem: { state: true }, busy: { state: true } };

  constructor() {
    super();
    /** @type {Refusal | null} */
    this.problem = null;
    this.busy = false;
  }

  watched() {
    return [this.session.products.items];
  }

  render() {
    const price = money(this.session.config.currency);
    const invalid = (/** @type {string} */ field) => (this.problem?.blames(field) ? 'true' : nothing);
    return html`<section aria-labelledby="products"><h2 id="products">Products</h2>
      <ul class="list">${repeat(this.session.products.items.get(), ({ sku }) => sku, (product) => html`<li class="item" data-sku=${product.sku}>
        <div class="grow"><strong class="title">${product.name}</strong><small class="muted">${product.sku}${product.active ? '' : ', not sold'}</small></div>
        <span class="amount">${price(product.unitPrice)}</span>
        <button class="secondary outline small" @click=${() => this.edit(product)} aria-label="Change ${product.name}">Change</button></li>`)}</ul>
      <form novalidate @submit=${this.save}>
        <div class="row"><label>SKU <input name="sku" aria-invalid=${invalid('sku')}></label>
          <label class="wide">Product name <input name="name" aria-invalid=${invalid('name')}></label>
          <label>Unit price <input name="unitPrice" type="number" step="0.01" inputmode="decimal" aria-invalid=${invalid('unitPrice')}></label>
          <label><input name="active" type="checkbox" checked> For sale</label></div>
        ${this.problem ? html`<p class="problem" role="alert">${this.problem.message}</p>` : nothing}
        <div class="row end"><button type="submit" class="small" aria-busy=${this.busy ? 'true' : nothing} ?disabled=${this.busy}>Save the product</button></div>
      </form></section>`;
  }

  /** Puts a product into the form. @param {any} product */
  edit(product) {
    for (const name of ['sku', 'name', 'unitPrice']) {
      this.field(name).value = String(product[name]);
    }
    this.field('active').checked = product.active;
    this.problem = null;
    this.field('name').focus();
  }

  /** @param {SubmitEvent} event */
  async save(event) {
    event.preventDefault();
    const { api, products } = this.session;
    const price = this.field('unitPrice').value;
    this.busy = true;
    this.problem = null;
    try {
      products.put(await api.put(`/api/v1/admin/products/${encodeURIComponent(this.field('sku').value.trim())}`, {
        name: this.field('name').value,
        unitPrice: price === '' ? null : Number(price),
        active: this.field('active').checked,
      }));
      /** @type {HTMLFormElement} */ (this.querySelector('form')).reset();
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      this.problem = error;
    } finally {
      this.busy = false;
    }
  }

  /** @param {string} name @returns {HTMLInputElement} */
  field(name) {
    return /** @type {HTMLInputElement} */ (this.querySelector(`form [name="${name}"]`));
  }
}

customElements.define('products-form', ProductsForm);

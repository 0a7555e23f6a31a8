import { html, LitElement, nothing } from 'lit';
import { demoToken, Refusal } from '../api.js';
import { capital } from '../words.js';

const ROLES = ['student', 'trainer', 'admin', 'operator', 'user'];

/** For a first look; the trainers are those of the demo data. */
const PEOPLE = [
  { user: 'ada', role: 'student', does: 'learns: buys courses, sees sessions appear' },
  { user: 'trainer-1', role: 'trainer', does: 'gives sessions, and completes them' },
  { user: 'grace', role: 'admin', does: 'moves everybody’s orders on' },
  { user: 'bob', role: 'user', does: 'keeps tasks, orders things' },
];

/** Picks a person, or takes a token where nobody may simply pick one. */
class SignInPage extends LitElement {
  static properties = { config: { attribute: false }, problem: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.problem = '';
    this.busy = false;
  }

  createRenderRoot() {
    return this;
  }

  render() {
    return html`<main class="alone">
      <section class="sign-in">
        <hgroup>
          <h1><img src="/pages/icon.svg" alt="" width="44" height="44"> Tidings</h1>
          <p>Tasks, lessons and orders that are up to date the moment something happens.</p>
        </hgroup>
        ${this.config.demoSignIn ? this.people() : this.tokenForm()}
        ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      </section></main>`;
  }

  people() {
    return html`
      <h2>Look around as</h2>
      <ul class="people">${PEOPLE.map(({ user, role, does }) => html`<li>
        <button class="person-card" ?disabled=${this.busy} @click=${() => this.signIn(user, role)}>
          <span class="avatar" aria-hidden="true">${user.charAt(0).toUpperCase()}</span>
          <span><strong>${user}</strong> <small>${capital(role)}</small><br>${does}</span></button></li>`)}
      </ul>
      <h2>Or as somebody else</h2>
      <form class="fields" novalidate @submit=${this.submitted}>
        <label>User <input name="user" autocomplete="username" maxlength="200" placeholder="trainer-42" required></label>
        <label>Role <select name="role">${ROLES.map((role) => html`<option value=${role}>${capital(role)}</option>`)}</select></label>
        <button type="submit" aria-busy=${this.busy ? 'true' : nothing}>Sign in</button>
      </form>
      <p><small>This is a demonstration: nobody asks for a password. Two tabs may be two people.</small></p>`;
  }

  tokenForm() {
    return html`<form class="fields" novalidate @submit=${this.tokenGiven}>
        <label>Access token <input name="token" autocomplete="off" required></label>
        <button type="submit">Sign in</button>
      </form>
      <p><small>Your identity provider issues it; a system on your own machine does with <code>./run token &lt;user&gt;</code>.</small></p>`;
  }

  /** @param {SubmitEvent} event */
  submitted(event) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
    void this.signIn(String(form.get('user')).trim(), String(form.get('role')));
  }

  /** @param {string} user @param {string} role */
  async signIn(user, role) {
    this.busy = true;
    this.problem = '';
    try {
      this.enter({ user, role, token: await demoToken(this.config.apiUrl, user, role) });
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      this.problem = error.message;
    } finally {
      this.busy = false;
    }
  }

  /** @param {SubmitEvent} event */
  tokenGiven(event) {
    event.preventDefault();
    const token = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('token')).trim();
    try {
      const claims = JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')));
      this.enter({ user: claims.sub, role: claims.role ?? 'user', token });
    } catch {
      this.problem = 'This is no token: it has three parts with dots between them.';
    }
  }

  /** @param {import('../session.js').Person} person */
  enter(person) {
    this.dispatchEvent(new CustomEvent('signed-in', { detail: person }));
  }
}

customElements.define('sign-in-page', SignInPage);

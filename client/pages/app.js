/**
 * The frame around every page: who is signed in, where one can go, how the connection is, what just happened.
 */

import { html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icons } from './icons.js';
import { keepForOffline } from './offline.js';
import { openSession, rememberedPerson } from './session.js';
import { ofDevice } from './storage.js';
import { settings } from './api.js';
import { capital } from './words.js';
import './views/sign-in.js';
import './views/home.js';
import './views/learnings.js';
import './views/trainer.js';
import './views/tasks.js';
import './views/orders.js';
import './views/admin.js';
import { CONSOLE_PAGES } from './views/console/console.js';
import './views/notifications.js';

/**
 * @typedef {import('./session.js').Session} Session
 * @typedef {{ path: string, query: URLSearchParams }} Place what the address says
 * @typedef {{ path: string, title: string, icon: any, roles: string[], pages?: readonly { path: string, title: string }[], view: (session: Session, place: Place) => any }} Entry
 */

const EVERYBODY = ['student', 'trainer', 'admin', 'operator', 'user'];

/** In the order of the menu; the first one that is for a role is where the role begins. @type {readonly Entry[]} */
const PAGES = [
  { path: '/home', title: 'Home', icon: icons.home, roles: ['student'], view: (/** @type {Session} */ session) => html`<home-page .session=${session}></home-page>` },
  { path: '/learnings', title: 'Learnings', icon: icons.learnings, roles: ['student'], view: (/** @type {Session} */ session) => html`<learnings-page .session=${session}></learnings-page>` },
  { path: '/trainer', title: 'Sessions', icon: icons.trainer, roles: ['trainer'], view: (/** @type {Session} */ session) => html`<trainer-page .session=${session}></trainer-page>` },
  { path: '/admin', title: 'Admin', icon: icons.admin, roles: ['admin', 'operator'], view: (/** @type {Session} */ session) => html`<admin-page .session=${session}></admin-page>` },
  { path: '/console', title: 'Console', icon: icons.console, roles: ['admin', 'operator'], pages: CONSOLE_PAGES, view: (/** @type {Session} */ session, /** @type {Place} */ { path, query }) => html`<console-frame .session=${session} .path=${path} .query=${query}></console-frame>` },
  { path: '/tasks', title: 'Tasks', icon: icons.tasks, roles: EVERYBODY, view: (/** @type {Session} */ session) => html`<tasks-page .session=${session}></tasks-page>` },
  { path: '/orders', title: 'Orders', icon: icons.orders, roles: EVERYBODY, view: (/** @type {Session} */ session) => html`<orders-page .session=${session}></orders-page>` },
  { path: '/notifications', title: 'Notifications', icon: icons.bell, roles: EVERYBODY, view: (/** @type {Session} */ session) => html`<notifications-page .session=${session}></notifications-page>` },
];

/** The entry of the menu that an address belongs to. @param {string} path */
const pageAt = (path) => PAGES.find((page) => page.path === path || page.pages?.some((part) => part.path === path));

const STATUS = {
  idle: 'Not connected',
  connecting: 'Connecting…',
  live: 'Live',
  polling: 'Checking regularly',
  reconnecting: 'Reconnecting…',
  offline: 'Offline',
  stopped: 'Disconnected',
};

const THEMES = ['auto', 'light', 'dark'];

class TidingsApp extends LitElement {
  static properties = { config: { state: true }, session: { state: true }, path: { state: true }, query: { state: true }, theme: { state: true }, broken: { state: true } };

  constructor() {
    super();
    this.config = null;
    /** @type {Session | null} */
    this.session = null;
    this.path = location.pathname;
    this.query = new URLSearchParams(location.search);
    this.broken = '';
    this.theme = ofDevice.get('tidings.theme') ?? 'auto';
    this.showTheme();
    // Where the browser has no Navigation API, links load the document anew, which ends up the same.
    globalThis.navigation?.addEventListener('navigate', (event) => this.navigated(event));
  }

  createRenderRoot() {
    return this;
  }

  async connectedCallback() {
    super.connectedCallback();
    this.config = await this.settings();
    this.broken = '';
    const person = rememberedPerson();
    if (person) {
      this.open(person);
    }
    void keepForOffline();
  }

  /** Asks until there is an answer. */
  async settings() {
    for (let pause = 1_000; ; pause = Math.min(2 * pause, 30_000)) {
      try {
        return await settings();
      } catch (error) {
        this.broken = 'The service cannot be reached. This page tries again by itself.';
        console.warn(error);
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  /** @param {any} event */
  navigated(event) {
    const { pathname, search, origin } = new URL(event.destination.url);
    if (!event.canIntercept || event.hashChange || event.downloadRequest !== null || origin !== location.origin) {
      return;
    }
    if (pathname === '/' || pageAt(pathname)) {
      event.intercept({
        focusReset: 'manual',
        handler: async () => {
          const isOther = this.path !== pathname;
          this.path = pathname;
          this.query = new URLSearchParams(search);
          if (!isOther) {
            return; // a form of the same page, which keeps the focus
          }
          this.session?.tidings.wake();
          await this.updateComplete;
          await /** @type {any} */ (this.querySelector('main > *'))?.updateComplete;
          /** @type {HTMLElement | null} */ (this.querySelector('main h1'))?.focus({ preventScroll: true });
        },
      });
    }
  }

  /** @param {import('./session.js').Person} person */
  open(person) {
    const session = openSession(this.config, person);
    const update = () => this.requestUpdate();
    session.tidings.status.subscribe(update);
    session.toasts.list.subscribe(update);
    session.notifications.items.subscribe(update);
    this.session = session;
  }

  /** Back to the sign-in, and then to the same page. */
  signInAgain() {
    this.session?.close(true);
    this.session = null;
  }

  signOut() {
    this.signInAgain();
    history.pushState(null, '', '/');
    this.path = '/';
  }

  nextTheme() {
    this.theme = THEMES[(THEMES.indexOf(this.theme) + 1) % THEMES.length] ?? 'auto';
    ofDevice.set('tidings.theme', this.theme);
    this.showTheme();
  }

  showTheme() {
    if (this.theme === 'auto') {
      delete document.documentElement.dataset.theme;
    } else {
      document.documentElement.dataset.theme = this.theme;
    }
  }

  render() {
    if (this.broken) {
      return html`<main class="alone"><h1>Tidings</h1><p role="alert">${this.broken}</p></main>`;
    }
    if (!this.config) {
      return html`<main class="alone" aria-busy="true"></main>`;
    }
    if (this.path !== '/' && !pageAt(this.path)) {
      document.title = 'Not here · Tidings';
      return html`<main id="main" tabindex="-1">${this.nowhere()}</main>`;
    }
    if (!this.session) {
      document.title = 'Sign in · Tidings';
      return html`<sign-in-page .config=${this.config}
        @signed-in=${(/** @type {CustomEvent} */ event) => this.open(event.detail)}></sign-in-page>`;
    }
    return this.frame(this.session);
  }

  /** @param {Session} session */
  frame(session) {
    const mine = PAGES.filter(({ roles }) => roles.includes(session.role));
    const page = this.path === '/' ? mine[0] : pageAt(this.path);
    const part = page?.path === this.path ? undefined : page?.pages?.find(({ path }) => path === this.path);
    document.title = `${part ? `${part.title} · ` : ''}${page?.title ?? 'Not here'} · Tidings`;
    return html`
      <a class="skip" href="#main">Skip to the page</a>
      <header class="top">
        <a class="brand" href="/"><img src="/pages/icon.svg" alt="" width="28" height="28"> Tidings</a>
        <div class="tools">
          ${this.status(session)}
          <button class="plain" @click=${this.nextTheme} aria-label="Colours: ${this.theme}" title="Colours: ${this.theme}">${icons.theme}</button>
          <span class="person" title="${session.user}, ${session.role}"><strong>${session.user}</strong> <small>${capital(session.role)}</small></span>
          <button class="plain" @click=${this.signOut} aria-label="Sign out" title="Sign out">${icons.leave}</button>
        </div>
      </header>
      <nav class="menu" aria-label="Pages"><ul>${mine.map((entry) => this.entry(session, entry, entry === page))}</ul></nav>
      <main id="main" tabindex="-1" @sign-in-again=${this.signInAgain}>${page && mine.includes(page)
        ? page.view(session, { path: this.path, query: this.query })
        : this.elsewhere(session, page)}</main>
      ${this.toasts(session)}`;
  }

  /** @param {Session} session @param {Entry} entry @param {boolean} current */
  entry(session, { path, title, icon }, current) {
    const unread = path === '/notifications' ? session.notifications.items.get().filter(({ read }) => !read).length : 0;
    return html`<li><a href=${path} aria-current=${current ? 'page' : nothing}>${icon}<span>${title}</span>${unread
      ? html`<span class="count">${unread > 99 ? '99+' : unread}<span class="hidden"> unread</span></span>`
      : nothing}</a></li>`;
  }

  /** The indicator, and behind it what there is to know and to do about the connection. @param {Session} session */
  status({ tidings }) {
    const { state, reason, leader } = tidings.status.get();
    const more = state === 'live' ? (leader ? 'Updates come the moment they happen' : 'Shares the connection of another tab') : capital(reason);
    const { applied, duplicates, latencyMs } = tidings.analytics();
    const figure = (/** @type {string} */ name, /** @type {unknown} */ value) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
    return html`<button class="plain status ${state}" popovertarget="connection" title=${more}><span class="dot"></span><span class="state">${STATUS[state]}</span></button>
      <span class="hidden" role="status">${STATUS[state]}</span>
      <div id="connection" class="card" popover role="dialog" aria-label="Connection" @toggle=${() => this.requestUpdate()}>
        <p>${more}.</p>
        <dl>${figure('Events shown', applied)} ${figure('Came twice, shown once', duplicates)}
          ${latencyMs ? figure('On the way, usually', `${Math.round(latencyMs.p50)} ms`) : nothing}</dl>
        ${state === 'stopped'
          ? html`<button class="small" @click=${() => tidings.connect()}>Connect</button>`
          : html`<button class="small secondary outline" @click=${() => tidings.refresh()}>Load everything anew</button>`}
      </div>`;
  }

  /** @param {Session} session @param {Entry | undefined} page */
  elsewhere({ role }, page) {
    if (!page) {
      return this.nowhere();
    }
    return html`<section class="empty"><h1 tabindex="-1">${page.title}</h1>
      <p>This page is for the role ${page.roles.join(' or ')}, and you are signed in as ${role}.</p>
      <a role="button" href="/">To the start</a></section>`;
  }

  nowhere() {
    return html`<section class="empty"><h1 tabindex="-1">There is no such page</h1>
      <p>The address may have a typo.</p>
      <a role="button" href="/">To the start</a></section>`;
  }

  /** @param {Session} session */
  toasts({ toasts }) {
    return html`<div class="toasts" aria-live="polite">${repeat(
      toasts.list.get(),
      ({ id }) => id,
      ({ id, level, text, count }) => html`<div class="toast ${level}">
        <span>${text}${count > 1 && level !== 'info' ? html` <small>×${count}</small>` : nothing}</span>
        <button class="plain" aria-label="Dismiss" @click=${() => toasts.dismiss(id)}>${icons.close}</button></div>`,
    )}</div>`;
  }
}

customElements.define('tidings-app', TidingsApp);

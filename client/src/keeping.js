/**
 * Stores a page's position and states for its next start (option `offline`). Parts of the page register a state under a
 * name; all states are written together with their cursor.
 *
 * If nothing can be stored, the page works without it, and the reason is reported.
 *
 * @typedef {object} Source a state of the page
 * @property {() => unknown} snapshot
 * @property {(value: any) => void} restore
 */

import { createStore } from './store.js';

/** Minimum time between two writes (ms). */
const SAVE_AFTER = 250;

/** Limits for the identities and events that are stored with a page's state. */
const KEPT_NAMES = 1_000;
const KEPT_EVENTS = 100;

/**
 * @param {object} parts
 * @param {boolean} parts.isOn
 * @param {import('./session.js').Session} parts.session
 * @param {(reason: unknown) => void} parts.unusable called if nothing can be stored now; the next write retries
 * @param {import('./environment.js').Environment} parts.environment
 */
export function createKeeping({ isOn, session, unusable, environment }) {
  const store = createStore(environment);
  /** @type {Map<string, Source>} */
  const sources = new Map();
  /** What was found, and what closed parts left, for those who register later. @type {Record<string, unknown>} */
  let found = {};
  /** @type {import('./messages.js').EventMessage[]} */
  let events = [];
  /** Null until the page is known, and after the end. @type {string | null} */
  let page = null;
  /** @type {any} */
  let timer = null;
  let isSaving = false;
  let isChanged = false;
  let isClosing = false;

  return {
    /** The latest events, newest last. @returns {readonly import('./messages.js').EventMessage[]} */
    events: () => events,

    /** @param {import('./messages.js').EventMessage} message */
    remember(message) {
      if (isOn) {
        events = [...events.slice(1 - KEPT_EVENTS), message];
      }
    },

    /**
     * @param {string} name
     * @param {Source} source
     * @returns {() => void} stops it; the last state remains stored
     */
    keep(name, source) {
      sources.set(name, source);
      restore(name, source);
      return () => {
        if (sources.get(name) === source) {
          found = { ...found, ...snapshot(name, source) };
          sources.delete(name);
        }
      };
    },

    /**
     * Restores the position and states of the page's previous session.
     * @param {string} name of the page and its user
     * @returns {Promise<boolean>} whether a position was found
     */
    async restore(name) {
      page = name;
      try {
        const record = await store.load(name);
        if (record === null) {
          return false;
        }
        session.resume(record);
        events = record.events;
        found = record.states;
        sources.forEach((source, key) => restore(key, source));
        return record.cursor !== null;
      } catch (error) {
        unusable(error);
        return false;
      }
    },

    /** Schedules a write after a change. */
    changed() {
      if (isOn && page !== null) {
        timer ??= environment.setTimeout(saveNow, SAVE_AFTER);
      }
    },

    /** The page belongs to another user now: stops writing. */
    leave() {
      page = null;
      environment.clearTimeout(timer);
      timer = null;
    },

    /** Writes pending changes, because the page may close at any moment. */
    flush() {
      if (timer !== null) {
        saveNow();
      }
    },

    /** Writes pending changes and then stops writing. */
    close() {
      isClosing = true;
      if (timer !== null) {
        saveNow();
      }
      endIfDone();
    },
  };

  /** Writes one record at a time; later changes are written after it. */
  function saveNow() {
    environment.clearTimeout(timer);
    timer = null;
    if (page === null) {
      return;
    }
    isChanged = isSaving;
    if (isSaving) {
      return;
    }
    isSaving = true;
    store
      .save(page, record())
      .catch(unusable)
      .finally(() => {
        isSaving = false;
        if (isChanged) {
          saveNow();
        }
        endIfDone();
      });
  }

  function endIfDone() {
    if (isClosing && !isSaving) {
      page = null;
      store.close();
    }
  }

  /** @returns {import('./store.js').PageRecord} */
  function record() {
    const states = Object.assign({}, found, ...[...sources].map(([name, source]) => snapshot(name, source)));
    return { cursor: session.cursor(), seen: session.seen(KEPT_NAMES), events, states, savedAt: environment.now() };
  }

  /** Returns a copy, because a state that cannot be cloned would prevent the write of the others. @param {string} name @param {Source} source */
  function snapshot(name, source) {
    try {
      return { [name]: copy(source.snapshot()) };
    } catch (error) {
      environment.reportError(new Error(`the state '${name}' cannot be kept`, { cause: error }));
      return {};
    }
  }

  /** @param {string} name @param {Source} source */
  function restore(name, source) {
    if (Object.hasOwn(found, name)) {
      try {
        source.restore(found[name]);
      } catch (error) {
        environment.reportError(new Error(`the state '${name}' cannot be restored`, { cause: error }));
      }
    }
  }
}

/** @param {unknown} value @returns {unknown} without values that a database cannot store, such as functions */
function copy(value) {
  try {
    return structuredClone(value);
  } catch {
    return JSON.parse(JSON.stringify(value ?? null));
  }
}

/** @typedef {ReturnType<typeof createKeeping>} Keeping */

/**
 * What a page keeps for its next start, in IndexedDB: its cursor, the names of the events it has seen, the latest events,
 * and the states it shows. All of it is written in one transaction, so a restored state and the cursor beside it always
 * belong together, and the service replays exactly what the state lacks.
 *
 * A database may be forbidden, blocked by another tab, or fail to answer. Each operation has a time limit; after a failure
 * the next operation opens the database anew.
 *
 * @typedef {object} PageRecord
 * @property {string | null} cursor
 * @property {string[]} seen
 * @property {import('./messages.js').EventMessage[]} events newest last
 * @property {Record<string, unknown>} states
 * @property {number} savedAt epoch ms
 */

import { within } from './limits.js';

const DATABASE = 'tidings';
const PAGES = 'pages';

/** How long one operation may take, the opening included (ms). A page's start waits for one. */
export const STORE_WITHIN = 3_000;

/** @param {Pick<import('./environment.js').Environment, 'indexedDB' | 'setTimeout' | 'clearTimeout' | 'whyNot'>} environment */
export function createStore(environment) {
  /** @type {Promise<IDBDatabase> | null} */
  let opening = null;

  return {
    /** @param {string} page @returns {Promise<PageRecord | null>} rejects if the database cannot be used */
    async load(page) {
      const record = await carryOut('readonly', (pages) => pages.get(page));
      return isRecord(record) ? record : null;
    },

    /** @param {string} page @param {PageRecord} record @returns {Promise<void>} when it is on disk */
    async save(page, record) {
      await carryOut('readwrite', (pages) => pages.put(record, page));
    },

    /** @param {string} page @returns {Promise<void>} */
    async forget(page) {
      await carryOut('readwrite', (pages) => pages.delete(page));
    },

    close,
  };

  /**
   * @param {IDBTransactionMode} mode
   * @param {(pages: IDBObjectStore) => IDBRequest} work
   * @returns {Promise<any>} the request's answer, once the transaction is complete
   */
  async function carryOut(mode, work) {
    try {
      return await within(environment, STORE_WITHIN, 'IndexedDB', async () => {
        opening ??= open();
        const database = await opening;
        return new Promise((resolve, reject) => {
          const transaction = database.transaction(PAGES, mode);
          const request = work(transaction.objectStore(PAGES));
          transaction.oncomplete = () => resolve(request.result);
          transaction.onabort = transaction.onerror = () => reject(transaction.error ?? request.error);
        });
      });
    } catch (error) {
      close();
      throw error;
    }
  }

  /** @returns {Promise<IDBDatabase>} */
  function open() {
    return new Promise((resolve, reject) => {
      if (!environment.indexedDB) {
        throw new Error(environment.whyNot('indexedDB'));
      }
      const request = environment.indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(PAGES);
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        // A later version of the page, in another tab, wants to change the database.
        request.result.onversionchange = close;
        resolve(request.result);
      };
    });
  }

  /** The next operation opens the database anew. One that opens late is closed then. */
  function close() {
    opening?.then((database) => database.close()).catch(() => {});
    opening = null;
  }
}

/** @typedef {ReturnType<typeof createStore>} Store */

/** @param {any} value @returns {value is PageRecord} */
function isRecord(value) {
  return (
    value !== null &&
    typeof value === 'object' &&
    (value.cursor === null || typeof value.cursor === 'string') &&
    Array.isArray(value.seen) &&
    Array.isArray(value.events) &&
    value.states !== null &&
    typeof value.states === 'object'
  );
}

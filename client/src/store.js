/**
 * What a page keeps for its next start, in IndexedDB: its cursor, the names of the events it has seen, the latest events,
 * and the states it shows. All of it is written in one transaction, so a restored state and the cursor beside it always
 * belong together, and the service replays exactly what the state lacks.
 *
 * @typedef {object} PageRecord
 * @property {string | null} cursor
 * @property {string[]} seen
 * @property {import('./messages.js').EventMessage[]} events newest last
 * @property {Record<string, unknown>} states
 * @property {number} savedAt epoch ms
 *
 * @typedef {object} Store
 * @property {(page: string) => Promise<PageRecord | null>} load
 * @property {(page: string, record: PageRecord) => Promise<void>} save
 * @property {(page: string) => Promise<void>} forget
 * @property {() => void} close
 */

const DATABASE = 'tidings';
const PAGES = 'pages';

/**
 * @param {IDBFactory} indexedDB
 * @returns {Promise<Store>}
 */
export async function openStore(indexedDB) {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(PAGES);
  const database = await answer(opening);
  // A later version of the page, in another tab, wants to change the database.
  database.onversionchange = () => database.close();

  return {
    async load(page) {
      const record = await answer(database.transaction(PAGES).objectStore(PAGES).get(page));
      return isRecord(record) ? record : null;
    },
    async save(page, record) {
      await change((pages) => pages.put(record, page));
    },
    async forget(page) {
      await change((pages) => pages.delete(page));
    },
    close: () => database.close(),
  };

  /** @param {(pages: IDBObjectStore) => void} work @returns {Promise<void>} */
  function change(work) {
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(PAGES, 'readwrite');
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      work(transaction.objectStore(PAGES));
    });
  }
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

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

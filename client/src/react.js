/**
 * React hooks (18 or later) and a provider for the library.
 *
 * ```js
 * root.render(createElement(TidingsProvider, { tidings }, createElement(App)));
 * ```
 */

import { createContext, createElement, useContext, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { createOrders } from './orders.js';

/** @typedef {import('./tidings.js').Tidings} Tidings */

const Context = createContext(/** @type {Tidings | null} */ (null));

/** @param {{ tidings: Tidings, children?: import('react').ReactNode }} props */
export function TidingsProvider({ tidings, children }) {
  return createElement(Context.Provider, { value: tidings }, children);
}

/**
 * The connection, and its status as it changes.
 * @returns {{ tidings: Tidings, status: import('./tidings.js').Status }}
 */
export function useTidings() {
  const tidings = useContext(Context);
  if (tidings === null) {
    throw new Error('useTidings needs a <TidingsProvider tidings={…}> above it');
  }
  return { tidings, status: useObservable(tidings.status) };
}

/**
 * Calls the handler for each event of that type while the component is mounted.
 * @param {string} type
 * @param {(event: any, message: import('./messages.js').EventMessage) => unknown} handler the latest one is called
 */
export function useTidingsEvent(type, handler) {
  const { tidings } = useTidings();
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => tidings.on(type, (event, message) => latest.current(event, message)), [tidings, type]);
}

/**
 * A live list of orders, newest first.
 * @param {Parameters<typeof createOrders>[1]} [options] those of the first render are used, except `load`
 * @returns {{ orders: readonly import('./orders.js').Order[], collection: import('./orders.js').Orders | null }}
 */
export function useOrders(options) {
  const { tidings } = useTidings();
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  // Opened and closed by the effect, because React may render without mounting.
  const holder = useMemo(() => orderHolder(tidings, () => latest.current), [tidings]);
  const { orders, collection } = useSyncExternalStore(holder.subscribe, holder.get, holder.get);
  return { orders, collection };
}

/**
 * @param {Tidings} tidings
 * @param {() => Parameters<typeof createOrders>[1]} options
 */
function orderHolder(tidings, options) {
  /** @type {{ orders: readonly import('./orders.js').Order[], collection: import('./orders.js').Orders | null }} */
  let current = { orders: [], collection: null };
  return {
    get: () => current,
    /** @param {() => void} changed */
    subscribe(changed) {
      const { load, ...rest } = options() ?? {};
      const collection = createOrders(tidings, { ...rest, ...(load ? { load: (request) => (options()?.load ?? load)(request) } : {}) });
      const end = collection.items.subscribe((orders) => {
        current = { orders, collection };
        changed();
      });
      return () => {
        end();
        collection.close();
      };
    },
  };
}

/**
 * The value of an observable, as it changes.
 * @template T
 * @param {import('./observable.js').Observable<T>} observable
 * @returns {T}
 */
export function useObservable(observable) {
  return useSyncExternalStore(observable.subscribe, observable.get, observable.get);
}

/**
 * Lets these pages open without a network: registers the service worker, and tells it which files this page consists of, as
 * the first visit loaded them before the worker was there. Pages work all the same where there is no service worker.
 */

/** @param {string} path of the worker's script */
export async function keepForOffline(path = '/service-worker.js') {
  try {
    await navigator.serviceWorker.register(path, { updateViaCache: 'none' });
    const { active } = await navigator.serviceWorker.ready;
    const files = performance.getEntriesByType('resource').map(({ name }) => name);
    active?.postMessage({ keep: files });
  } catch (error) {
    console.info('[Pages] These pages cannot be opened without a network:', error);
  }
}

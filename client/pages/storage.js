/**
 * What a browser remembers of its person. Reading or writing a storage throws where a site may keep no data; then it is
 * remembered until the page is closed.
 */

/** @param {() => Storage} storage which throws where it is forbidden */
function guarded(storage) {
  /** @type {Map<string, string | null>} */
  const written = new Map();
  return {
    /** @param {string} key @returns {string | null} */
    get(key) {
      try {
        return storage().getItem(key) ?? written.get(key) ?? null;
      } catch {
        return written.get(key) ?? null;
      }
    },

    /** @param {string} key @param {string | null} value null forgets it */
    set(key, value) {
      written.set(key, value);
      try {
        if (value === null) {
          storage().removeItem(key);
        } else {
          storage().setItem(key, value);
        }
      } catch {
        // It is in memory.
      }
    },
  };
}

export const ofTab = guarded(() => sessionStorage);
export const ofDevice = guarded(() => localStorage);

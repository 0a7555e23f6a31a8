/**
 * A BroadcastChannel that may fail: a restricted page cannot create it, and a browser may close it while the page runs. Notes are
 * sent as JSON, so they can always be cloned. After a failure the channel is opened again when the next note is posted.
 *
 * @param {object} parts
 * @param {string} parts.name
 * @param {(note: any) => void} parts.hear receives a note of another tab: an object with the strings `kind` and `from`
 * @param {(error: unknown) => void} parts.broken called if it could not be opened, or if a note could not be posted
 * @param {Pick<import('./environment.js').Environment, 'BroadcastChannel' | 'whyNot'>} parts.environment
 */
export function openChannel({ name, hear, broken, environment }) {
  /** @type {BroadcastChannel | null} */
  let channel = null;
  let isClosed = false;
  open();

  return {
    isOpen: () => channel !== null,

    /** @param {object} note */
    post(note) {
      if (isClosed || (channel === null && !open())) {
        return;
      }
      try {
        channel?.postMessage(JSON.stringify(note));
      } catch (error) {
        close();
        broken(error);
      }
    },

    close() {
      isClosed = true;
      close();
    },
  };

  function open() {
    try {
      const { BroadcastChannel } = environment;
      if (!BroadcastChannel) {
        throw new Error(environment.whyNot('BroadcastChannel'));
      }
      channel = new BroadcastChannel(name);
      channel.onmessage = ({ data }) => receive(data);
      return true;
    } catch (error) {
      channel = null;
      broken(error);
      return false;
    }
  }

  /** @param {unknown} data of another tab, or of anything else on this origin */
  function receive(data) {
    if (typeof data !== 'string') {
      return;
    }
    let note;
    try {
      note = JSON.parse(data);
    } catch {
      return;
    }
    if (typeof note?.kind === 'string' && typeof note.from === 'string') {
      hear(note);
    }
  }

  function close() {
    try {
      channel?.close();
    } catch {
      // Nothing is lost with it.
    }
    channel = null;
  }
}

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
export function openChannel({ name, hear, broken, environment }: {
    name: string;
    hear: (note: any) => void;
    broken: (error: unknown) => void;
    environment: Pick<import("./environment.js").Environment, "BroadcastChannel" | "whyNot">;
}): {
    isOpen: () => boolean;
    /** @param {object} note */
    post(note: object): void;
    close(): void;
};

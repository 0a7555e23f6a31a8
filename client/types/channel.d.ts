/**
 * A BroadcastChannel that may fail: it cannot be made where a page may keep no data, and a browser may close it under the
 * page. Notes travel as JSON, so whatever they carry can be cloned. After a failure the channel is opened anew when the next
 * note is posted.
 *
 * @param {object} parts
 * @param {string} parts.name
 * @param {(note: any) => void} parts.hear a note of another tab: an object with the texts `kind` and `from`
 * @param {(error: unknown) => void} parts.broken it could not be opened, or a note could not be posted
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

/**
 * Reads one room from a position on: an entry at a time, each once and in order. Entries come from what
 * was pushed, and from the log where that has gaps. It asks for nothing that nobody waits for, so a slow
 * consumer is no burden but on the log.
 *
 * @implements {AsyncIterableIterator<any>}
 */
export class Reader implements AsyncIterableIterator<any> {
    /**
     * @param {import("./session.js").Session} session
     * @param {import("./feed.js").Feed} feed
     * @param {import("./types.js").MessagesOptions} options
     */
    constructor(session: import("./session.js").Session, feed: import("./feed.js").Feed, { after, all }: import("./types.js").MessagesOptions);
    /** The last position that was handed over. Not known before the room is joined, if it begins there. */
    /** @type {number | undefined} */
    cursor: number | undefined;
    /** @returns {Promise<IteratorResult<any, undefined>>} */
    next(): Promise<IteratorResult<any, undefined>>;
    /** @returns {Promise<IteratorResult<any, undefined>>} */
    return(): Promise<IteratorResult<any, undefined>>;
    /** @param {any} error */
    fail(error: any): void;
    /** Hands over what there is, and sees to it that what is missing comes. */
    pump(): void;
    [Symbol.asyncIterator](): this;
    #private;
}
export type Entry = import("./types.js").Entry;

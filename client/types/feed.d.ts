export function isPosition(position: any): boolean;
export function isEntry(entry: any): boolean;
/**
 * One room as its readers share it: its membership, its head, and the entries that were pushed and
 * that a reader has not got yet.
 */
export class Feed {
    /**
     * @param {import("./session.js").Session} session
     * @param {string} name
     */
    constructor(session: import("./session.js").Session, name: string);
    /** @type {Set<Reader>} */
    readers: Set<Reader>;
    /** The highest position that was told. */
    head: number;
    /** Up to here nothing will be pushed: it was stored before we joined, or was dropped here. */
    behind: number;
    /** @type {Map<number, Entry>} */
    held: Map<number, Entry>;
    name: string;
    /** @param {import("./link.js").Link} link */
    isJoined(link: import("./link.js").Link): boolean;
    isCaughtUp(): boolean;
    /** The last position that a reader has in sequence. */
    last(): number | undefined;
    /** @param {Reader} reader */
    add(reader: Reader): void;
    /** @param {Reader} reader */
    remove(reader: Reader): void;
    /** @param {import("./link.js").Link} link */
    join(link: import("./link.js").Link): void;
    /** @param {import("./link.js").Link} link */
    leave(link: import("./link.js").Link): void;
    /**
     * Entries, in any order.
     *
     * @param {any[]} entries
     */
    take(entries: any[]): void;
    /**
     * A head that the server told.
     *
     * @param {any} head
     */
    told(head: any): void;
    /** Lets go of what every reader has. */
    prune(): void;
    /** @param {number} position */
    passed(position: number): void;
    /**
     * A page after a position. Readers at the same place share it.
     *
     * @param {number} after
     * @param {number} limit
     */
    page(after: number, limit: number): Promise<any>;
    /** How many positions are missing after one. @param {number} cursor */
    missing(cursor: number): number;
    /** A reader waits for positions that should have come. @param {number} cursor */
    noticed(cursor: number): void;
    /**
     * A reader has a position.
     *
     * @param {number} position
     * @param {"push" | "history"} how
     */
    reached(position: number, how: "push" | "history"): void;
    close(): void;
    #private;
}
export type Reader = import("./reader.js").Reader;
export type Entry = import("./types.js").Entry;

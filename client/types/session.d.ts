/**
 * What the rooms of a chat share: the connection in use, the next one when it must be replaced, and
 * time.
 */
export class Session {
    /**
     * @param {string} url
     * @param {Required<Omit<Options, "name" | "token">> & Options} options
     */
    constructor(url: string, options: Required<Omit<Options, "name" | "token">> & Options);
    /** @type {Map<string, Feed>} */
    feeds: Map<string, Feed>;
    /** @type {import("./types.js").State} */
    state: import("./types.js").State;
    /** Sends that wait, in all rooms. */
    queued: {
        messages: number;
        bytes: number;
    };
    isClosed: boolean;
    url: string;
    options: Required<Omit<import("./types.js").Options, "name" | "token">> & import("./types.js").Options;
    /** An id that no other chat of this client makes. */
    newId(): string;
    now(): number;
    /**
     * @param {number} ms
     * @param {() => void} then
     */
    after(ms: number, then: () => void): any;
    /** @param {any} timer */
    clear(timer: any): void;
    /** @param {number} ms */
    sleep(ms: number): Promise<void>;
    /**
     * A random 0.5-2 s, doubled for each repetition.
     *
     * @param {number} repetitions
     */
    wait(repetitions: number): number;
    /**
     * @template {keyof Events} E
     * @param {E} event
     * @param {(detail: Events[E]) => void} listener
     * @returns {() => void} takes the listener away
     */
    on<E extends keyof Events>(event: E, listener: (detail: Events[E]) => void): () => void;
    /**
     * @template {keyof Events} E
     * @param {E} event
     * @param {Events[E]} detail
     */
    emit<E extends keyof Events>(event: E, detail: Events[E]): void;
    /**
     * @param {import("./types.js").Trouble["code"]} code
     * @param {string} message
     */
    trouble(code: import("./types.js").Trouble["code"], message: string): void;
    /** @param {string} name */
    feed(name: string): Feed;
    /** Opens the next connection now, whatever was planned. */
    connect(): void;
    /** @param {Link} link */
    opened(link: Link): void;
    /** @param {Feed} feed */
    joinInUse(feed: Feed): void;
    /** @param {Feed} feed */
    leaveInUse(feed: Feed): void;
    /** Something may have been caught up. */
    settle(): void;
    /**
     * A connection has ended.
     *
     * @param {Link} link
     * @param {string} why
     */
    lost(link: Link, why: string): void;
    close(): void;
    /**
     * Asks until there is an answer.
     *
     * @param {(refused?: RoomlogError) => string} fields the frame, formed again for each try
     * @param {Link} [only] over this connection, and not at all when it has ended
     * @returns {Promise<any>} the answer; nothing if the connection has ended
     * @throws {RoomlogError} if it is refused for good, or the chat is closed
     */
    ask(fields: (refused?: RoomlogError) => string, only?: Link): Promise<any>;
    /** @param {any} frame */
    pushed(frame: any): void;
    #private;
}
export type Options = import("./types.js").Options;
export type Events = import("./types.js").Events;
import { Feed } from "./feed.js";
import { Link } from "./link.js";
import { RoomlogError } from "./errors.js";

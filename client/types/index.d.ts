/**
 * Keeps a connection to a deployment.
 *
 * @param {string} url `wss://HOST/STAGE`, or `ws://localhost:3001/Prod`
 * @param {Options} [options]
 * @returns {Chat}
 */
export function connect(url: string, options?: Options): Chat;
export { RoomlogError };
/** A connection that is kept up, and the rooms on it. Made by {@link connect}. */
export class Chat {
    /**
     * Not to be called: {@link connect} does.
     *
     * @param {any} session
     */
    constructor(session: any);
    /** @returns {State} how the connection fares just now */
    get state(): State;
    /** This client's key. */
    get client(): string;
    /**
     * A room. Naming the first one opens the connection.
     *
     * @param {string} name 1-128 characters of `A-Z a-z 0-9 . _ : -`
     * @returns {Room} the same for the same name
     */
    room(name: string): Room;
    /**
     * Hears of `state`, `gap`, `healed`, `lost` and `trouble`.
     *
     * @template {keyof Events} E
     * @param {E} event
     * @param {(detail: Events[E]) => void} listener
     * @returns {() => void} takes the listener away
     */
    on<E extends keyof Events>(event: E, listener: (detail: Events[E]) => void): () => void;
    /** Tries now to connect if it is offline; else opens the next connection and moves over to it. */
    reconnect(): void;
    /** Ends it: iterations end, and sends that are not acknowledged are rejected with `closed`. */
    close(): void;
    #private;
}
/** One room of a chat. */
export class Room {
    /**
     * Not to be called: {@link Chat.room} does.
     *
     * @param {any} session
     * @param {string} name
     */
    constructor(session: any, name: string);
    name: string;
    /**
     * Every message after a position: first from the log, then as they come, without a seam, each once
     * and in order, whatever happens to the connection. Leaving the loop leaves the room.
     *
     * The iteration throws a {@link RoomlogError} if the room is refused (`forbidden`, `too_many_rooms`), and
     * `log_reset` if the room's log has been replaced by an older one.
     *
     * @overload
     * @param {MessagesOptions & {all?: false}} [options]
     * @returns {AsyncIterableIterator<Message>}
     */
    messages(options?: (import("./types.js").MessagesOptions & {
        all?: false;
    }) | undefined): AsyncIterableIterator<Message>;
    /**
     * @overload
     * @param {MessagesOptions} options
     * @returns {AsyncIterableIterator<Entry>}
     */
    messages(options: MessagesOptions): AsyncIterableIterator<Entry>;
    /**
     * Stores a message. Resolves when it is stored, for good; waits while there is no connection.
     *
     * @param {any} data any JSON value but the empty string, at most 24,576 bytes as JSON
     * @param {SendOptions} [options]
     * @returns {Promise<Stored>}
     * @throws {RoomlogError} rejects if this message is refused, and with `queue_full` or `closed`
     */
    send(data: any, { id }?: SendOptions): Promise<Stored>;
    /**
     * A page of the log. Waits while there is no connection.
     *
     * @overload
     * @param {HistoryOptions & {all?: false}} [options]
     * @returns {Promise<Page<Message>>}
     */
    history(options?: (import("./types.js").HistoryOptions & {
        all?: false;
    }) | undefined): Promise<Page<Message>>;
    /**
     * @overload
     * @param {HistoryOptions} options
     * @returns {Promise<Page<Entry>>}
     */
    history(options: HistoryOptions): Promise<Page<Entry>>;
    #private;
}
export type Message = import("./types.js").Message;
export type Event = import("./types.js").Event;
export type Entry = import("./types.js").Entry;
export type Stored = import("./types.js").Stored;
export type State = import("./types.js").State;
export type Events = import("./types.js").Events;
export type Options = import("./types.js").Options;
export type MessagesOptions = import("./types.js").MessagesOptions;
export type HistoryOptions = import("./types.js").HistoryOptions;
export type SendOptions = import("./types.js").SendOptions;
export type Page<T> = import("./types.js").Page<T>;
import { RoomlogError } from "./errors.js";

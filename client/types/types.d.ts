/**
 * A message as the log holds it. The sender is stamped by the server.
 */
export type Message = {
    /**
     * where it stands in the room's log, from 1; it never moves
     */
    position: number;
    /**
     * the sender's own id for it
     */
    id?: string | undefined;
    sender: string;
    /**
     * the sender's display name
     */
    name: string;
    /**
     * the writer's clock in epoch milliseconds; it need not rise with the position
     */
    at: number;
    /**
     * what was sent: any JSON value
     */
    data: any;
    /**
     * a message has none
     */
    type?: undefined;
};
/**
 * An entry that is no message: a position that was never filled (`void`), a message that was taken
 * away (`deleted`), a change to an earlier one (`edit`, `delete`, `react`, at `target`), or of a type that
 * this version does not know.
 */
export type Event = {
    position: number;
    type: string;
    /**
     * the position of the message that it changes
     */
    target?: number | undefined;
    data?: any;
    id?: string | undefined;
    sender?: string | undefined;
    name?: string | undefined;
    at?: number | undefined;
    reaction?: string | undefined;
    remove?: boolean | undefined;
};
export type Entry = Message | Event;
/**
 * A part of the log without a gap from `from` to `to`. An empty one has `to = from - 1`.
 */
export type Page<T> = {
    /**
     * in the order of their positions
     */
    messages: T[];
    from: number;
    to: number;
    /**
     * the highest position handed out when it was read
     */
    head: number;
    /**
     * the lowest position that can still be read
     */
    first: number;
    /**
     * there is more in the direction that was read
     */
    more: boolean;
    /**
     * it ends at a position that is handed out and not filled yet
     */
    pending: boolean;
};
/**
 * A message is stored, for good.
 */
export type Stored = {
    id: string;
    position: number;
    /**
     * epoch milliseconds
     */
    at: number;
    /**
     * it had been stored before: by an earlier `send` of this id, or by the
     * first try of this one, whose answer was lost
     */
    duplicate: boolean;
};
export type StateName = "connecting" | "catching up" | "live" | "offline" | "closed";
/**
 * How the connection fares.
 */
export type State = {
    /**
     * `connecting`: for the first time. `catching up`: connected, and reading
     * what was missed. `live`: everything that was stored before has been handed over. `offline`: there is
     * no connection, or its token has expired; sends are queued. `closed`: by {@link Chat.close}, for good
     */
    state: StateName;
    /**
     * for people
     */
    why: string;
    /**
     * if offline: milliseconds until the next try
     */
    retryIn?: number | undefined;
};
/**
 * Positions that are known to exist and have not come.
 */
export type Gap = {
    room: string;
    from: number;
    to: number;
};
/**
 * A gap is closed.
 */
export type Healed = {
    room: string;
    from: number;
    to: number;
    /**
     * it came late, or it was read from the log
     */
    how: "push" | "history";
    /**
     * how long it was open
     */
    ms: number;
};
/**
 * Positions that cannot be read any more: they expired before this client had them.
 */
export type Lost = {
    room: string;
    from: number;
    to: number;
};
/**
 * Something that went wrong and stopped nothing.
 */
export type Trouble = {
    /**
     * `malformed`: a frame that no server should send;
     * it was dropped. `token`: the `token` function failed. `unanswered`: the gateway refused or failed
     */
    code: "malformed" | "token" | "unanswered";
    message: string;
    /**
     * how often this code has come up on this chat
     */
    count: number;
};
export type Events = {
    state: State;
    gap: Gap;
    healed: Healed;
    lost: Lost;
    trouble: Trouble;
};
/**
 * As much of a WebSocket as is needed: a browser's, Node's from 22 on, or that of the package `ws`.
 */
export type Socket = {
    send: (text: string) => void;
    close: (code?: number, reason?: string) => void;
    onopen: ((event: any) => void) | null;
    onmessage: ((event: any) => void) | null;
    onclose: ((event: any) => void) | null;
    onerror: ((event: any) => void) | null;
};
/**
 * Time. A test may have one of its own.
 */
export type Clock = {
    /**
     * epoch milliseconds
     */
    now: () => number;
    setTimeout: (then: () => void, ms: number) => any;
    clearTimeout: (timer: any) => void;
};
export type Options = {
    /**
     * the display name: 1-128 bytes without control characters; with tokens it comes
     * from the token
     */
    name?: string | undefined;
    /**
     * this client's own random key: 1-64 characters of `A-Z a-z 0-9 . _ -`. Keep
     * it over reloads if a message may be sent again after one. Default: a new one
     */
    client?: string | undefined;
    /**
     * a JWT, or what fetches one. A function is
     * called again before the token expires, and after a connect that failed
     */
    token?: string | (() => string | Promise<string>) | undefined;
    /**
     * default: the global one
     */
    WebSocket?: (new (url: string, protocols: string[]) => any) | undefined;
    /**
     * how many sends may wait, in all rooms; default 1,000
     */
    queueMessages?: number | undefined;
    /**
     * how many bytes of JSON they may have; default 1,048,576
     */
    queueBytes?: number | undefined;
    /**
     * how many entries of a room are kept for readers that are behind; default
     * 1,000. Who is further behind reads from the log
     */
    buffer?: number | undefined;
    /**
     * the first wait before a reconnect is a random time up to this;
     * default 4,000 ms. It doubles
     */
    reconnectFirst?: number | undefined;
    /**
     * and is never more than up to this; default 60,000 ms
     */
    reconnectMax?: number | undefined;
    /**
     * after how many ms the server ends every connection; default two hours.
     * The next one is opened before
     */
    lifetime?: number | undefined;
    /**
     * from 0 up to 1, as `Math.random`
     */
    random?: (() => number) | undefined;
    clock?: Clock | undefined;
};
export type MessagesOptions = {
    /**
     * begins with the position after it, 0 for the beginning of the log. Left out:
     * what is stored from now on
     */
    after?: number | undefined;
    /**
     * also entries that are no messages
     */
    all?: boolean | undefined;
};
export type HistoryOptions = {
    /**
     * reads forward from the position after it
     */
    after?: number | undefined;
    /**
     * reads backward from the position before it; with neither, the latest
     */
    before?: number | undefined;
    /**
     * 1 to 1,000; default 50. A page may hold fewer, and `more` says so
     */
    limit?: number | undefined;
    /**
     * also entries that are no messages
     */
    all?: boolean | undefined;
};
export type SendOptions = {
    /**
     * 1-64 characters of `A-Z a-z 0-9 . _ -`. The same id again within 24 hours
     * stores nothing. Default: a new one
     */
    id?: string | undefined;
};

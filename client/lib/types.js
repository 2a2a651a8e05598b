/**
 * What an application sees of the wire. Types only; nothing of this is loaded.
 *
 * @module
 */

/**
 * A message as the log holds it. The sender is stamped by the server.
 *
 * @typedef {object} Message
 * @property {number} position where it stands in the room's log, from 1; it never moves
 * @property {string} [id] the sender's own id for it
 * @property {string} sender
 * @property {string} name the sender's display name
 * @property {number} at the writer's clock in epoch milliseconds; it need not rise with the position
 * @property {any} data what was sent: any JSON value
 * @property {undefined} [type] a message has none
 */

/**
 * An entry that is no message: a position that was never filled (`void`), a message that was taken
 * away (`deleted`), a change to an earlier one (`edit`, `delete`, `react`, at `target`), or of a type that
 * this version does not know.
 *
 * @typedef {object} Event
 * @property {number} position
 * @property {string} type
 * @property {number} [target] the position of the message that it changes
 * @property {any} [data]
 * @property {string} [id]
 * @property {string} [sender]
 * @property {string} [name]
 * @property {number} [at]
 * @property {string} [reaction]
 * @property {boolean} [remove]
 */

/** @typedef {Message | Event} Entry */

/**
 * A part of the log without a gap from `from` to `to`. An empty one has `to = from - 1`.
 *
 * @template T
 * @typedef {object} Page
 * @property {T[]} messages in the order of their positions
 * @property {number} from
 * @property {number} to
 * @property {number} head the highest position handed out when it was read
 * @property {number} first the lowest position that can still be read
 * @property {boolean} more there is more in the direction that was read
 * @property {boolean} pending it ends at a position that is handed out and not filled yet
 */

/**
 * A message is stored, for good.
 *
 * @typedef {object} Stored
 * @property {string} id
 * @property {number} position
 * @property {number} at epoch milliseconds
 * @property {boolean} duplicate it had been stored before: by an earlier `send` of this id, or by the
 *   first try of this one, whose answer was lost
 */

/** @typedef {"connecting" | "catching up" | "live" | "offline" | "closed"} StateName */

/**
 * How the connection fares.
 *
 * @typedef {object} State
 * @property {StateName} state `connecting`: for the first time. `catching up`: connected, and reading
 *   what was missed. `live`: everything that was stored before has been handed over. `offline`: there is
 *   no connection, or its token has expired; sends are queued. `closed`: by {@link Chat.close}, for good
 * @property {string} why for people
 * @property {number} [retryIn] if offline: milliseconds until the next try
 */

/**
 * Positions that are known to exist and have not come.
 *
 * @typedef {object} Gap
 * @property {string} room
 * @property {number} from
 * @property {number} to
 */

/**
 * A gap is closed.
 *
 * @typedef {object} Healed
 * @property {string} room
 * @property {number} from
 * @property {number} to
 * @property {"push" | "history"} how it came late, or it was read from the log
 * @property {number} ms how long it was open
 */

/**
 * Positions that cannot be read any more: they expired before this client had them.
 *
 * @typedef {object} Lost
 * @property {string} room
 * @property {number} from
 * @property {number} to
 */

/**
 * Something that went wrong and stopped nothing.
 *
 * @typedef {object} Trouble
 * @property {"malformed" | "token" | "unanswered"} code `malformed`: a frame that no server should send;
 *   it was dropped. `token`: the `token` function failed. `unanswered`: the gateway refused or failed
 * @property {string} message
 * @property {number} count how often this code has come up on this chat
 */

/**
 * @typedef {object} Events
 * @property {State} state
 * @property {Gap} gap
 * @property {Healed} healed
 * @property {Lost} lost
 * @property {Trouble} trouble
 */

/**
 * As much of a WebSocket as is needed: a browser's, Node's from 22 on, or that of the package `ws`.
 *
 * @typedef {object} Socket
 * @property {(text: string) => void} send
 * @property {(code?: number, reason?: string) => void} close
 * @property {((event: any) => void) | null} onopen
 * @property {((event: any) => void) | null} onmessage
 * @property {((event: any) => void) | null} onclose
 * @property {((event: any) => void) | null} onerror
 */

/**
 * Time. A test may have one of its own.
 *
 * @typedef {object} Clock
 * @property {() => number} now epoch milliseconds
 * @property {(then: () => void, ms: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 */

/**
 * @typedef {object} Options
 * @property {string} [name] the display name: 1-128 bytes without control characters; with tokens it comes
 *   from the token
 * @property {string} [client] this client's own random key: 1-64 characters of `A-Z a-z 0-9 . _ -`. Keep
 *   it over reloads if a message may be sent again after one. Default: a new one
 * @property {string | (() => string | Promise<string>)} [token] a JWT, or what fetches one. A function is
 *   called again before the token expires, and after a connect that failed
 * @property {new (url: string, protocols: string[]) => any} [WebSocket] default: the global one
 * @property {number} [queueMessages] how many sends may wait, in all rooms; default 1,000
 * @property {number} [queueBytes] how many bytes of JSON they may have; default 1,048,576
 * @property {number} [buffer] how many entries of a room are kept for readers that are behind; default
 *   1,000. Who is further behind reads from the log
 * @property {number} [reconnectFirst] the first wait before a reconnect is a random time up to this;
 *   default 4,000 ms. It doubles
 * @property {number} [reconnectMax] and is never more than up to this; default 60,000 ms
 * @property {number} [lifetime] after how many ms the server ends every connection; default two hours.
 *   The next one is opened before
 * @property {() => number} [random] from 0 up to 1, as `Math.random`
 * @property {Clock} [clock]
 */

/**
 * @typedef {object} MessagesOptions
 * @property {number} [after] begins with the position after it, 0 for the beginning of the log. Left out:
 *   what is stored from now on
 * @property {boolean} [all] also entries that are no messages
 */

/**
 * @typedef {object} HistoryOptions
 * @property {number} [after] reads forward from the position after it
 * @property {number} [before] reads backward from the position before it; with neither, the latest
 * @property {number} [limit] 1 to 1,000; default 50. A page may hold fewer, and `more` says so
 * @property {boolean} [all] also entries that are no messages
 */

/**
 * @typedef {object} SendOptions
 * @property {string} [id] 1-64 characters of `A-Z a-z 0-9 . _ -`. The same id again within 24 hours
 *   stores nothing. Default: a new one
 */

export {};

/** @typedef {import("./session.js").Session} Session */
/** After 29 s the gateway gives up on a function, so there is no answer after this. */
export const ANSWER_MAX: 30000;
/** One connection: numbers what is asked, and finds out that it is dead. */
export class Link {
    /**
     * @param {Session} session
     * @param {string} url
     * @param {string[]} protocols
     */
    constructor(session: Session, url: string, protocols: string[]);
    /** @type {Map<number, (answer: any) => void>} */
    asked: Map<number, (answer: any) => void>;
    isOpen: boolean;
    isClosed: boolean;
    /** @type {any} */
    planned: any;
    /** @type {any} */
    syncing: any;
    /**
     * Resolves with the answer, which may be an error; with nothing if there will be none.
     *
     * @param {string} fields of the frame, as JSON without braces
     * @returns {Promise<any>}
     */
    ask(fields: string): Promise<any>;
    /** Closes when everything that was asked is answered. */
    retire(): void;
    /**
     * Ends it. What was asked has no answer.
     *
     * @param {string} why
     */
    fail(why: string): void;
    #private;
}
export type Session = import("./session.js").Session;

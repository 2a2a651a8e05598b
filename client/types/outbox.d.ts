/**
 * What is to be stored in one room. One frame is under way at a time, so that the order is kept, and it
 * is repeated with the same ids until it is acknowledged.
 */
export class Outbox {
    /**
     * @param {import("./session.js").Session} session
     * @param {string} room
     */
    constructor(session: import("./session.js").Session, room: string);
    /**
     * @param {any} data
     * @param {string} id
     * @returns {Promise<Stored>}
     */
    send(data: any, id: string): Promise<Stored>;
    #private;
}
export type Stored = import("./types.js").Stored;
export type Waiting = {
    id: string;
    json: string;
    bytes: number;
    resolve: (stored: Stored) => void;
    reject: (error: Error) => void;
};

/**
 * A WebSocket with everything that can go wrong between it and a server that works: cuts, silence, frames
 * that are lost, come again, or overtake each other.
 *
 * @param {any} WebSocket the real one
 * @param {import("../simulation/mischief.js").Mischief} mischief
 */
export function mischievous(WebSocket, mischief) {
  return class {
    onopen = null;
    onmessage = null;
    onclose = null;
    onerror = null;
    #socket;
    #isOver = false;
    #isSilent = false;

    constructor(url, protocols) {
      const socket = (this.#socket = new WebSocket(url, protocols));
      socket.onopen = (event) => {
        if (this.#isOver) return socket.terminate();
        this.#strikeLater();
        this.onopen?.(event);
      };
      socket.onmessage = ({ data }) => this.#arrived(data);
      socket.onerror = (event) => this.onerror?.(event);
      socket.onclose = ({ code }) => {
        if (code === 1001) mischief.count("two-hours");
        if (!this.#isSilent) this.#end(code);
      };
    }

    send(text) {
      if (!this.#isSilent && !mischief.strikes("frame-lost")) this.#socket.send(text);
    }

    close(code) {
      this.#isOver = true;
      this.#socket.close(code);
    }

    #strikeLater() {
      setTimeout(() => {
        if (this.#isOver) return;
        if (mischief.strikes("cut")) {
          this.#socket.terminate();
          this.#end(1006);
        } else if (mischief.strikes("vanished")) this.#isSilent = true;
        this.#strikeLater();
      }, 1_000).unref();
    }

    #end(code) {
      if (this.#isOver) return;
      this.#isOver = true;
      this.onclose?.({ code });
    }

    #arrived(data) {
      const text = String(data);
      const isPush = text.startsWith('{"type":"messages"');
      if (text.includes('"code":"expired"')) mischief.count("token-expired");
      if (mischief.strikes(isPush ? "push-dropped" : "answer-lost")) return;
      if (isPush && mischief.strikes("push-repeated")) this.#tell(data, 3_000 * mischief.random());
      if (mischief.strikes("malformed")) this.#tell(mischief.garbage(), 0);
      this.#tell(data, isPush && mischief.strikes("push-late") ? 1_000 * mischief.random() : 0);
    }

    #tell(data, ms) {
      const tell = () => !this.#isOver && !this.#isSilent && this.onmessage?.({ data });
      if (ms) setTimeout(tell, ms);
      else tell();
    }
  };
}

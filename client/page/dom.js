/**
 * Makes an element. Text comes in as text: nothing here, and nothing on the page, parses HTML.
 *
 * @param {string} tag
 * @param {Record<string, any>} [props] `on…` listens, what the element has as a property is set, and
 *   the rest are attributes; what is `null` or `false` is left out
 * @param {...(Node | string)} children
 * @returns {any}
 */
export function el(tag, props = {}, ...children) {
  const element = /** @type {any} */ (document.createElement(tag));
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === false || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "text") element.textContent = value;
    else if (name === "hidden" || name === "disabled") element[name] = true;
    else element.setAttribute(name === "className" ? "class" : name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/**
 * The element of an id that the page is made with.
 *
 * @param {string} id
 * @returns {any}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}

/** Puts the focus on what is shown: whatever had it is gone, and nobody is to begin at the top again. */
export function focusView() {
  byId(byId("chat").hidden ? "inspect" : "list").focus({ preventScroll: true });
}

/** Whether what had the focus is not to be seen any more: a browser finds that out at once, or later. */
export function isFocusLost() {
  const { activeElement, body } = document;
  return !activeElement || activeElement === body || activeElement.closest("[hidden]") !== null;
}

/**
 * Runs something at most once a frame, or, in a tab that is not seen, a few times a second.
 *
 * @param {() => void} run
 * @returns {() => void}
 */
export function oncePerFrame(run) {
  let planned = false;
  const now = () => {
    planned = false;
    run();
  };
  return () => {
    if (planned) return;
    planned = true;
    if (document.visibilityState === "visible") requestAnimationFrame(now);
    else setTimeout(now, 250);
  };
}

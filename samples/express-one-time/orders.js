// Yours is a table with a unique key, and a row for the position. This one forgets everything when the program stops.
export class Orders {
  #orders = new Map();

  /** How far the events were heard. */
  position = { last: undefined };

  /** Does the work once for a key, however often and from however many sides it is asked for; what failed is done again. */
  once(key, work) {
    if (!this.#orders.has(key)) {
      const order = work();
      this.#orders.set(key, order);
      order.catch(() => this.#orders.delete(key));
    }
    return this.#orders.get(key);
  }
}

/** The order in which posts stand in a page of which only a part was ever to be seen at once. */

export class Order {
  readonly #list: number[] = [];
  readonly #known = new Set<number>();

  /**
   * Takes in what is to be seen now, from top to bottom: new ones stand where their neighbours stand.
   * @returns whether it joins what was seen before; false: posts may lie between that nobody saw.
   */
  add(shown: readonly number[]): boolean {
    if (shown.length === 0) return true;
    const joins = this.#list.length === 0 || shown.some((n) => this.#known.has(n));
    let after = -1;
    for (const [at, n] of shown.entries()) {
      if (this.#known.has(n)) {
        after = this.#list.lastIndexOf(n);
        continue;
      }
      if (after === -1) {
        const next = shown.slice(at + 1).find((one) => this.#known.has(one));
        after = next === undefined ? this.#list.length - 1 : this.#list.lastIndexOf(next) - 1;
      }
      after += 1;
      this.#list.splice(after, 0, n);
      this.#known.add(n);
    }
    return joins;
  }

  get list(): readonly number[] {
    return this.#list;
  }
}

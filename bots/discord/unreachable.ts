/**
 * People who do not take our direct messages. They are not tried again until they speak to us, which
 * is also when they are told. A restart forgets them: then each is tried once more.
 */

/** People remembered; beyond that the first one is tried again. */
const MAX_REMEMBERED = 10_000;

export class Unreachable {
  readonly #ids = new Set<string>();

  add(discordId: string): void {
    this.#ids.add(discordId);
    if (this.#ids.size <= MAX_REMEMBERED) return;
    const [first] = this.#ids;
    if (first !== undefined) this.#ids.delete(first);
  }

  has(discordId: string): boolean {
    return this.#ids.has(discordId);
  }

  /** True when the person was among them. */
  forget(discordId: string): boolean {
    return this.#ids.delete(discordId);
  }
}

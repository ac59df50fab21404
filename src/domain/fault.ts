/**
 * One error class for everything that can go wrong in operation: a code and its facts. The sentence
 * for people is made from them in bots/text alone; logs take the code and the facts as they are.
 * Facts never hold a secret.
 */

export type FaultFacts = Readonly<Record<string, string | number | boolean | null>>;

export class Fault extends Error {
  readonly code: string;
  readonly facts: FaultFacts;

  constructor(code: string, facts: FaultFacts = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(facts)}`, options);
    this.name = "Fault";
    this.code = code;
    this.facts = facts;
  }
}

/** The code of a Fault, or "unexpected" for any other thrown value. */
export function faultCode(error: unknown): string {
  return error instanceof Fault ? error.code : "unexpected";
}

/**
 * Small documented random numbers: the whole simulated market is a function of hashes, so the same
 * seed gives the same numbers on every machine and in any order of asking. Text is hashed with
 * FNV-1a, numbers are combined with murmur3's finaliser, sequences come from mulberry32. Not for
 * anything secret.
 */

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** A 32-bit hash of a text (FNV-1a over its UTF-16 units). */
export function hashText(text: string): number {
  let hash = FNV_OFFSET;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME);
  }
  return hash >>> 0;
}

/** A 32-bit hash of two integers, order matters (murmur3 finaliser over their mixture). */
export function mix(left: number, right: number): number {
  let hash = Math.imul(left ^ Math.imul(right, 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** One hashed number in [0, 1) for a key and an integer. */
export function noise(key: number, index: number): number {
  return mix(mix(key, index), index ^ 0x5bd1e995) / 0x1_0000_0000;
}

/** A sequence of numbers in [0, 1) (mulberry32). */
export class Prng {
  private state: number;

  constructor(seed: number) {
    this.state = seed | 0;
  }

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let value = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 0x1_0000_0000;
  }
}

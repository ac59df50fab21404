/** Makes pictures of drawings. */
export interface Rasterizer {
  /**
   * A PNG of an SVG document, in its own size. Faults: picture-unavailable {reason} when this machine
   * cannot do it at all, pictures-busy {limit} when too many wait.
   */
  png(svg: string): Promise<Uint8Array>;
}

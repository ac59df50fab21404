/** Reading a property of something whose shape is not known. */

/** The property when it is there and text; null otherwise. */
export function textField(value: unknown, name: string): string | null {
  if (typeof value !== "object" || value === null) return null;
  const field: unknown = Reflect.get(value, name);
  return typeof field === "string" ? field : null;
}

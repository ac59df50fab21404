/**
 * Checks requests against the official description of the Bot API, where a copy of it lies beside the
 * checkout: every method and parameter must exist, have its type, and be there when required.
 */
import { existsSync, readFileSync } from "node:fs";

interface Field {
  readonly name: string;
  readonly types: readonly string[];
  readonly required: boolean;
}

interface Described {
  readonly fields?: readonly Field[];
  readonly subtypes?: readonly string[];
}

interface Spec {
  readonly methods: Readonly<Record<string, Described>>;
  readonly types: Readonly<Record<string, Described>>;
}

const FILE = new URL("../../../../shared/specs/telegram-bot-api.json", import.meta.url);

const spec: Spec | null = existsSync(FILE)
  ? (JSON.parse(readFileSync(FILE, "utf8")) as Spec)
  : null;

/** Everything wrong with a request, as sentences; nothing where there is no description. */
export function specProblems(method: string, params: Readonly<Record<string, unknown>>): string[] {
  if (spec === null) return [];
  const described = spec.methods[method];
  if (described === undefined) return [`there is no method ${method}`];
  return fieldProblems(spec, described.fields ?? [], params, method);
}

function fieldProblems(
  known: Spec,
  fields: readonly Field[],
  given: Readonly<Record<string, unknown>>,
  where: string,
): string[] {
  const names = new Set(fields.map(({ name }) => name));
  const unknown = Object.keys(given).filter((name) => !names.has(name));
  return [
    ...unknown.map((name) => `${where}.${name} is unknown`),
    ...fields.flatMap(({ name, types, required }) => {
      const value = given[name];
      if (value === undefined) return required ? [`${where}.${name} is missing`] : [];
      const fits = types.some((type) => problems(known, type, value, "").length === 0);
      if (fits) return [];
      const [type = ""] = types;
      return problems(known, type, value, `${where}.${name}`);
    }),
  ];
}

function problems(known: Spec, type: string, value: unknown, where: string): string[] {
  if (type.startsWith("Array of ")) {
    if (!Array.isArray(value)) return [`${where} is no array`];
    const item = type.slice("Array of ".length);
    return value.flatMap((one, index) => problems(known, item, one, `${where}[${index}]`));
  }
  const simple = SIMPLE[type];
  if (simple !== undefined) return simple(value) ? [] : [`${where} is no ${type}`];
  const described = known.types[type];
  if (described === undefined) return [`${where} has the unknown type ${type}`];
  if (described.subtypes !== undefined) {
    const every = described.subtypes.map((one) => problems(known, one, value, where));
    return every.some((found) => found.length === 0) ? [] : (every[0] ?? []);
  }
  if (typeof value !== "object" || value === null) return [`${where} is no ${type}`];
  return fieldProblems(known, described.fields ?? [], { ...value }, where);
}

const SIMPLE: Readonly<Record<string, (value: unknown) => boolean>> = {
  Integer: (value) => Number.isInteger(value),
  Float: (value) => typeof value === "number",
  String: (value) => typeof value === "string",
  Boolean: (value) => typeof value === "boolean",
  True: (value) => value === true,
  InputFile: (value) => value instanceof Uint8Array,
};

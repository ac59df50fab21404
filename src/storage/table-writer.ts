/**
 * Writes many rows with one statement: a column of values per array, unnested by the server. The
 * columns come from the entity, so a table is described once. About 80,000 rows a second on a server.
 */
import type { EntityMetadata, EntityProperty, EntitySchema } from "@mikro-orm/core";
import type { MikroORM } from "@mikro-orm/postgresql";
import { Fault } from "../domain/fault.ts";
import { fitsInstant, fitsMoney, InstantType, instantText, MoneyType } from "./schema/columns.ts";
import { textField } from "./text-field.ts";

export interface Statement {
  readonly sql: string;
  readonly params: readonly string[];
}

/** A row by property names, as the domain has it. */
export type Row = object;

type Encode = (value: unknown) => string | null;

interface Column {
  readonly property: string;
  readonly name: string;
  readonly type: string;
  readonly encode: Encode;
}

export interface WriterOptions {
  readonly entity: EntitySchema;
  /** Properties to write; all of the table when absent. */
  readonly properties?: readonly string[];
  /** ignore: a row whose key is there already is left alone. Otherwise what to set, or "overwrite". */
  readonly onConflict: "ignore" | "overwrite" | { readonly set: string };
}

export class TableWriter {
  readonly #table: string;
  readonly #columns: readonly Column[];
  readonly #sql: string;

  constructor(orm: MikroORM, { entity, properties, onConflict }: WriterOptions) {
    const meta: EntityMetadata = orm.getMetadata().get(entity.meta.class);
    this.#table = meta.tableName;
    this.#columns = meta.props
      .filter(({ name }) => properties?.includes(name) ?? true)
      .map((property) => columnOf(property));
    this.#sql = insertSql(meta, this.#columns, onConflict);
  }

  /** Fault: commit-refused {table, column, id} for a value that the column cannot hold exactly. */
  statement(rows: readonly Row[]): Statement {
    const params = this.#columns.map((column) => {
      const values = rows.map((row) => this.#encode(column, row));
      return `{${values.join(",")}}`;
    });
    return { sql: this.#sql, params };
  }

  #encode({ property, name, encode }: Column, row: Row): string {
    const value: unknown = Reflect.get(row, property);
    if (value === null) return "NULL";
    const encoded = encode(value);
    if (encoded !== null) return encoded;
    throw new Fault("commit-refused", {
      table: this.#table,
      column: name,
      id: textField(row, "id"),
    });
  }
}

function insertSql(
  meta: EntityMetadata,
  columns: readonly Column[],
  onConflict: WriterOptions["onConflict"],
): string {
  const names = columns.map(({ name }) => `"${name}"`);
  const arrays = columns.map(({ type }, index) => `$${index + 1}::${type}[]`);
  const keys = meta.getPrimaryProps().flatMap((property) => property.fieldNames);
  const others = columns.filter(({ name }) => !keys.includes(name));
  const overwrite = others.map(({ name }) => `"${name}" = excluded."${name}"`).join(", ");
  const action =
    onConflict === "ignore"
      ? "do nothing"
      : `do update set ${onConflict === "overwrite" ? overwrite : onConflict.set}`;
  return [
    `insert into "${meta.tableName}" (${names.join(", ")})`,
    `select * from unnest(${arrays.join(", ")})`,
    `on conflict (${keys.map((key) => `"${key}"`).join(", ")}) ${action}`,
  ].join(" ");
}

function columnOf(property: EntityProperty): Column {
  const [name] = property.fieldNames;
  const [type] = property.columnTypes;
  if (name === undefined || type === undefined)
    throw new TypeError(`${property.name} has no column`);
  return { property: property.name, name, type, encode: encoderFor(property, type) };
}

/** Encoders return an element of an array literal, or null when the value does not fit. */
function encoderFor(property: EntityProperty, type: string): Encode {
  if (property.customType instanceof MoneyType) return encodeMoney;
  if (property.customType instanceof InstantType) return encodeInstant;
  if (type === "jsonb") return (value) => quoted(jsonText(value));
  if (type === "boolean") return (value) => (typeof value === "boolean" ? String(value) : null);
  if (type === "int" || type === "bigint") return encodeInteger;
  return (value) => (typeof value === "string" ? quoted(value) : null);
}

function encodeMoney(value: unknown): string | null {
  return typeof value === "string" && fitsMoney(value) ? value : null;
}

function encodeInstant(value: unknown): string | null {
  return typeof value === "number" && fitsInstant(value) ? instantText(value) : null;
}

function encodeInteger(value: unknown): string | null {
  return Number.isSafeInteger(value) ? String(value) : null;
}

/** PostgreSQL's text has no NUL; everything else is escaped as array literals want it. */
function quoted(value: string): string {
  if (!/[\\"\0]/.test(value)) return `"${value}"`;
  return `"${value.replaceAll("\0", "\uFFFD").replaceAll(/[\\"]/g, "\\$&")}"`;
}

/** jsonb refuses NUL and half of a surrogate pair (a name cut in two); both become U+FFFD. */
function jsonText(value: unknown): string {
  const json = JSON.stringify(value);
  if (!/\\u(?:0000|d[89a-f])/.test(json)) return json;
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "string" ? part.toWellFormed().replaceAll("\0", "\uFFFD") : part,
  );
}

/** What there is to choose from, a page at a time, in rows as wide as the labels allow. */
import type { Call, Caller } from "./command.ts";
import type { Option, Suggestion } from "./option.ts";

/** Choices shown at once where they are buttons. */
const MAX_BUTTONS = 8;
/** Labels up to this long stand three in a row. */
const SHORT_LABEL = 8;
const SHORT_PER_ROW = 3;

export interface ChoicePage {
  readonly rows: readonly (readonly Suggestion[])[];
  readonly page: number;
  readonly pages: number;
}

/** One page of choices in rows; a page past the end is the last one. */
export function choicePage(offers: readonly Suggestion[], wanted: number, call: Call): ChoicePage {
  const size = call.platform === "console" ? call.pageRows : MAX_BUTTONS;
  const pages = Math.max(1, Math.ceil(offers.length / size));
  const page = Math.min(Math.max(1, wanted), pages);
  const shown = offers.slice((page - 1) * size, page * size);
  const perRow = shown.every(({ label }) => label.length <= SHORT_LABEL) ? SHORT_PER_ROW : 1;
  const count = Math.ceil(shown.length / perRow);
  const rows = Array.from({ length: count }, (_, row) =>
    shown.slice(row * perRow, (row + 1) * perRow),
  );
  return { rows, page, pages };
}

/** What could be meant by the beginning of a value. */
export function fitting(option: Option, typed: string, caller: Caller): readonly Suggestion[] {
  const choices = (option.choices ?? []).map((value) => ({ label: value, value }));
  const wanted = typed.trim().toLowerCase();
  return [...choices, ...(option.suggest?.(caller) ?? [])].filter(
    ({ label, value }) =>
      String(value).toLowerCase().startsWith(wanted) || label.toLowerCase().includes(wanted),
  );
}

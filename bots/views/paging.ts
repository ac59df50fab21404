/** Long lists in pages. Turning a page is the same command with another number. */
import type { Reader } from "./reader.ts";
import type { Button, OptionValues } from "./reply.ts";

export interface Page<T> {
  readonly rows: readonly T[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  readonly total: number;
}

/** One page of a list; a page past the end is the last one. */
export function pageOf<T>(items: readonly T[], page: number, pageRows: number): Page<T> {
  const pages = Math.max(1, Math.ceil(items.length / pageRows));
  const shown = Math.min(Math.max(1, page), pages);
  const rows = items.slice((shown - 1) * pageRows, shown * pageRows);
  return { rows, page: shown, pages, total: items.length };
}

/** Back, refresh, forward, as far as they exist. */
export function pageButtons(
  reader: Reader,
  command: string,
  { page, pages }: Pick<Page<unknown>, "page" | "pages">,
  args: OptionValues = {},
): readonly Button[] {
  const to = (label: string, target: number): Button => ({
    label: reader.text(label),
    command,
    args: { ...args, page: target },
    style: "plain",
  });
  return [
    ...(page > 1 ? [to("button-previous", page - 1)] : []),
    to("button-refresh", page),
    ...(page < pages ? [to("button-next", page + 1)] : []),
  ];
}

/** "Page 2 of 5", or nothing when all is on one page. */
export function pageLine(
  reader: Reader,
  { page, pages }: Pick<Page<unknown>, "page" | "pages">,
): string {
  return pages > 1 ? reader.text("page", { page, pages }) : "";
}

/** A strategy as text to be pasted, and what importing one would make. */
import type { ImportPreview, Share } from "../../src/app/sharing.ts";
import type { Reader } from "./reader.ts";
import type { Draft } from "./reply.ts";
import { strategyTitle } from "./strategies.ts";

/** Longer texts come as a file too: Discord cuts messages at 2,000 characters. */
const MAX_TEXT_ALONE = 1_500;

/** `inOneLine`: where a pasted line break would end the command. */
export function shareView(reader: Reader, share: Share, inOneLine: boolean): Draft {
  const { strategy, fingerprint } = share;
  const text = inOneLine ? share.line : share.text;
  const file = { name: `vigie-strategy-${fingerprint}.txt`, content: share.text };
  return {
    tone: "neutral",
    blocks: [
      { kind: "title", text: reader.text("share-title", { strategy: strategyTitle(strategy) }) },
      { kind: "code", text },
      { kind: "text", text: reader.text("share-hint", { fingerprint }) },
    ],
    ...(text.length > MAX_TEXT_ALONE && !inOneLine ? { file } : {}),
  };
}

/** What `/import` asks: everything the strategy would be, and whether the text was changed. */
export function importQuestion(reader: Reader, preview: ImportPreview): string {
  const { name, symbol, timeframe, judging, ruleText, fingerprint, altered, insteadOf } = preview;
  const instead = [insteadOf.symbol, insteadOf.timeframe].filter((one) => one !== null);
  const lines = [
    ...(altered === null
      ? []
      : [reader.text("import-altered", { stated: altered, actual: fingerprint })]),
    reader.text("confirm-import", { name, symbol, timeframe }),
    ruleText,
    reader.text("import-judging", { judging: reader.text(`judging-${judging}`) }),
    ...(instead.length === 0 ? [] : [reader.text("import-instead", { of: instead.join(" ") })]),
    reader.text(preview.active ? "import-on" : "import-off"),
    ...(altered === null ? [reader.text("import-fingerprint", { fingerprint })] : []),
  ];
  return lines.join("\n");
}

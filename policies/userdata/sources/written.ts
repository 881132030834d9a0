/** Texts that a script in another language than shell has in its strings and writes to files. */
import { kindOfFile } from "../kinds";
import { filesOf } from "../metadata/code-files";
import type { Language } from "../metadata/statements";
import type { Kind } from "../parts";
import type { Spot } from "../spot";
import { NOTHING, type Flow, type Text } from "./boot";
import type { Value } from "./variables";

interface Written {
  readonly file: string;
  readonly text: Text;
}

/** Strings that go to files, whenever that is. */
export function writtenBy({ text, path, line }: Text, kind: Kind): readonly Written[] {
  return filesOf(text, kind as Language).map(({ text: written, file, lines }) => {
    const kindOf = kindOfFile(file);
    const spot = { path, line: line + (lines[0] ?? 1) - 1 };
    return { file, text: { ...spot, text: written, ...(kindOf && { kind: kindOf }) } };
  });
}

/** What flows in a statement, with the texts that it decodes. */
export function withDecoded(flow: Flow, values: readonly Value[], spot: Spot): Flow {
  const texts = values.filter(({ decoded }) => decoded === true).map(({ text }) => ({ ...spot, text }));
  if (texts.length > 0) return { ...flow, texts: [...flow.texts, ...texts] };
  return flow.sources.length > 0 ? flow : NOTHING;
}

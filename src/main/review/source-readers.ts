import { createReaders, type Readers } from "../exports/imaging/readers.ts";
import type { SourceAccess } from "./side-messages.ts";

/** Readers of sources for a thread that outlives changes of their settings. */
export interface SourceReaders {
  /** Opens the source where it is new, or opens it anew where its settings are others than before. */
  of(source: SourceAccess, scratch: string): Readers;
}

export function createSourceReaders(): SourceReaders {
  const open = new Map<number, { settings: string; readers: Readers }>();
  return {
    of(source, scratch) {
      const settings = JSON.stringify([source, scratch]);
      const known = open.get(source.id);
      if (known?.settings === settings) return known.readers;
      // What still reads through it ends with the connection it has.
      void known?.readers.close();
      const readers = createReaders({ sources: [source], scratch });
      open.set(source.id, { settings, readers });
      return readers;
    },
  };
}

import { SatchelError } from "../../../contract/errors.ts";
import { imagesKind } from "../../sources/image-kinds.ts";
import type { InstanceReader } from "../../sources/source.ts";

export interface ReaderSettings {
  sources: { id: number; kind: string; config: unknown; secret: string | undefined }[];
  /** For what is too large to hold; each file is unlinked as soon as it is open. */
  scratch: string;
}

export interface Readers {
  /** @throws NOT_FOUND where the source was removed since the plan was made. */
  of(source: number): InstanceReader;
  close(): Promise<void>;
}

/** Opens each source when it is first read from. */
export function createReaders(settings: ReaderSettings): Readers {
  const open = new Map<number, InstanceReader>();
  return {
    of(source) {
      let reader = open.get(source);
      if (reader === undefined) {
        const access = settings.sources.find(({ id }) => id === source);
        if (access === undefined) {
          throw new SatchelError(
            "NOT_FOUND",
            "The source of this instance was removed.",
            "Add it again and sync, then export anew.",
          );
        }
        reader = imagesKind(access.kind).openReader(access.config, access.secret, settings.scratch);
        open.set(source, reader);
      }
      return reader;
    },
    async close() {
      await Promise.all([...open.values()].map((reader) => reader.close()));
    },
  };
}

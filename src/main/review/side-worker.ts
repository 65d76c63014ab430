import type { MessagePort } from "node:worker_threads";
import { SatchelError, toErrorRecord } from "../../contract/errors.ts";
import { noteFrame } from "../jobs/watchdog.ts";
import { createPictures } from "../pictures/render-picture.ts";
import { createSourceReaders } from "./source-readers.ts";
import type { FromSideThread, SideAnswers, SideQuestion, ToSideThread } from "./side-messages.ts";
import { countResources } from "./count-resources.ts";
import { examineItems } from "./examine-items.ts";
import { examineNotes } from "./examine-notes.ts";
import { examineResource } from "./examine-resource.ts";
import { readDatasetRows } from "./read-dataset-rows.ts";
import { readTableRows } from "./read-table-rows.ts";
import { readTags } from "./read-tags.ts";
import { reviewInstance } from "./review-instance.ts";

/** Answers questions in a side thread, each as soon as it is read; see side-messages.ts. */
export function serveSideThread(port: MessagePort): void {
  const readers = createSourceReaders();
  const underWay = new Map<number, AbortController>();
  let watch = new SharedArrayBuffer(8);
  const pictures = createPictures(readers);

  const answer = async (
    id: number,
    question: SideQuestion,
    signal: AbortSignal,
  ): Promise<SideAnswers[keyof SideAnswers]> => {
    switch (question.kind) {
      case "picture":
        return pictures.render(question, signal, {
          begin: () => noteFrame(watch, 0, id),
          end: () => noteFrame(watch, 0),
        });
      case "tags":
        return { rows: await readTags(readers, question.place, signal) };
      case "review":
        return reviewInstance(readers, question, signal);
      case "examine":
        return examineItems(readers, question, signal);
      case "table-rows":
        return readTableRows(question);
      case "examine-text":
        return examineNotes(question, signal);
      case "resource-counts":
        return countResources(question, signal);
      case "dataset-rows":
        return readDatasetRows(question);
      case "resource":
        return examineResource(question);
      default:
        throw new SatchelError("INTERNAL", "There is no such question.");
    }
  };

  port.on("message", (message: ToSideThread) => {
    if (message.type === "watch") ({ watch } = message);
    else if (message.type === "abort") underWay.get(message.id)?.abort();
    else {
      const { id, question } = message;
      const abort = new AbortController();
      underWay.set(id, abort);
      const work = async (): Promise<void> => {
        try {
          const value = await answer(id, question, abort.signal);
          const transfer = "png" in value ? [value.png.buffer as ArrayBuffer] : [];
          port.postMessage({ type: "answer", id, answer: value } satisfies FromSideThread, transfer);
        } catch (thrown) {
          port.postMessage({ type: "error", id, error: toErrorRecord(thrown) } satisfies FromSideThread);
        } finally {
          underWay.delete(id);
        }
      };
      void work();
    }
  });
}

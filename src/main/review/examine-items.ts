import { setImmediate } from "node:timers/promises";
import { SatchelError, toErrorRecord } from "../../contract/errors.ts";
import { createPolicy, type InstancePolicy, type PolicySettings } from "../exports/imaging/apply-policy.ts";
import type { ImagingItem } from "../exports/imaging/item.ts";
import { loadInstance } from "../exports/imaging/load-instance.ts";
import { assertSameInstance, ENDS_THE_RUN } from "../exports/imaging/process-item.ts";
import type { Readers } from "../exports/imaging/readers.ts";
import type { ExamineAnswer, ExamineQuestion, SourceAccess } from "./side-messages.ts";
import type { SourceReaders } from "./source-readers.ts";

/** Instances in hand at once: reading may wait for a network. */
const LANES = 4;
/** Others ask this thread too. */
const SLICE_MS = 10;

let last: { key: string; policy: InstancePolicy } | undefined;

/** Kept from one batch to the next: rule trees and name tables are dear. */
function policyOf(settings: PolicySettings): InstancePolicy {
  const key =
    settings.kind === "identified"
      ? settings.kind
      : JSON.stringify([Buffer.from(settings.key.secret).toString("hex"), settings.options, settings.includeHeld]);
  if (last?.key !== key) last = { key, policy: createPolicy(settings) };
  return last.policy;
}

/**
 * Takes instances through the policy and keeps nothing but what came of each.
 *
 * @throws what would end an export as well: SOURCE_UNREACHABLE, SOURCE_REFUSED; CANCELLED
 */
export async function examineItems(
  readers: SourceReaders,
  { sources, scratch, policy: settings, items }: ExamineQuestion,
  signal: AbortSignal,
): Promise<ExamineAnswer> {
  const policy = policyOf(settings);
  const answer: ExamineAnswer = { clean: 0, leaks: 0, heldBack: [], failed: [] };
  const accesses = new Map<number, SourceAccess>(sources.map((source) => [source.id, source]));
  let next = 0;
  let sliceEnd = performance.now() + SLICE_MS;
  const lane = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) {
      if (signal.aborted) throw new SatchelError("CANCELLED", "The examination was cancelled.");
      const access = accesses.get(item.source);
      if (access === undefined) throw new SatchelError("NOT_FOUND", "A source was removed meanwhile.", "Look again.");
      await examineItem(readers.of(access, scratch), policy, item, answer, signal);
      if (performance.now() > sliceEnd) {
        await setImmediate();
        sliceEnd = performance.now() + SLICE_MS;
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return answer;
}

async function examineItem(
  readers: Readers,
  policy: InstancePolicy,
  item: ImagingItem,
  answer: ExamineAnswer,
  signal: AbortSignal,
): Promise<void> {
  try {
    policy.describe(item.description, item.orthancInstanceId);
    if (item.path !== null) {
      const loaded = await loadInstance(readers, item.source, item.locator, 0, signal);
      try {
        assertSameInstance(item, loaded.part10);
        const applied = policy.apply(loaded.part10);
        if (applied.held !== undefined) {
          answer.heldBack.push({ code: "HELD_BACK", reason: applied.held, held: applied.codes });
          return;
        }
      } finally {
        loaded.close();
      }
    }
    answer.clean++;
  } catch (thrown) {
    const { code, message } = toErrorRecord(thrown);
    if (ENDS_THE_RUN.has(code)) throw thrown;
    if (code === "LEAK") answer.leaks++;
    answer.failed.push({ code, reason: message });
  }
}

import type { CheckReport, SourceSummary } from "../../../contract/calls/sources.ts";
import { useCall } from "../../client/query.ts";
import type { SourceRequest } from "./source-draft.ts";

export interface Saving {
  /** What the last test found; undefined once something was changed. */
  report: CheckReport | undefined;
  error: Error | null;
  busy: boolean;
  /** The source could be saved without being in order. */
  hasFailed: boolean;
  /** Forgets what was found: something was changed. */
  reset: () => void;
  test: () => void;
  save: () => void;
  /** Saves where the test finds it in order. */
  testAndSave: () => void;
}

/** Tests and saves what a form asks for. `request` is asked for when it is needed. */
export function useSaving(
  source: SourceSummary | undefined,
  name: string,
  request: () => SourceRequest,
  onDone: (name: string) => void,
): Saving {
  const test = useCall("sources.test");
  const add = useCall("sources.add");
  const edit = useCall("sources.edit");
  const runTest = async (): Promise<boolean> => {
    const { secret, ...asked } = request();
    const report = await test.mutateAsync({
      ...asked,
      ...(typeof secret === "string" ? { secret } : {}),
      ...(secret === undefined && source?.hasSecret === true ? { secretOf: source.name } : {}),
    });
    return report.ok;
  };
  const save = async (): Promise<void> => {
    const { kind, secret, config } = request();
    const saved =
      source === undefined
        ? await add.mutateAsync({ kind, name, config, ...(typeof secret === "string" ? { secret } : {}) })
        : await edit.mutateAsync({
            name: source.name,
            config,
            ...(name === source.name ? {} : { newName: name }),
            ...(secret === undefined ? {} : { secret }),
          });
    onDone(saved.name);
  };
  // What goes wrong is in the state of each call, and shown from there.
  const attempt = (steps: () => Promise<unknown>): void => void steps().catch(() => undefined);
  return {
    report: test.data,
    error: test.error ?? add.error ?? edit.error,
    busy: test.isPending || add.isPending || edit.isPending,
    hasFailed: test.data?.ok === false || test.error !== null,
    reset() {
      test.reset();
      add.reset();
      edit.reset();
    },
    test: () => attempt(runTest),
    save: () => attempt(save),
    testAndSave: () =>
      attempt(async () => {
        if (await runTest()) await save();
      }),
  };
}

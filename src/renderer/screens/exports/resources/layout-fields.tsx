import { Radio, Switch } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../../labels/labels.tsx";
import { ChoiceSetting } from "../choice-setting.tsx";
import type { ResourcesInHand } from "../draft-state.ts";
import classes from "../exports.module.css";
import type { ResourcesKind } from "./resources-draft.ts";

const TABLES = ["csv", "xlsx", "parquet"] as const;

/** In which form resources or tables leave. */
export function LayoutFields({ kind, hand }: { kind: ResourcesKind; hand: ResourcesInHand }): ReactNode {
  const { resourceExports, tablePolicy } = useLabels();
  const labels = resourceExports.layout;
  const { draft, change } = hand;
  if (kind === "fhir")
    return (
      <>
        <ChoiceSetting
          legend={labels.legend}
          values={["ndjson", "bundle", "per-patient"]}
          words={labels}
          value={draft.layout}
          onChange={(layout) => change({ layout })}
        />
        {draft.layout === "ndjson" && (
          <Switch
            label={labels.gzip}
            checked={draft.gzip}
            onChange={(event) => change({ gzip: event.currentTarget.checked })}
          />
        )}
      </>
    );
  if (kind !== "view" && kind !== "observations") return null;
  return (
    <>
      {kind === "observations" && (
        <ChoiceSetting
          legend={labels.observations}
          values={["perType", "tidy"]}
          words={labels}
          value={draft.tidy ? "tidy" : "perType"}
          onChange={(chosen) => change({ tidy: chosen === "tidy" })}
        />
      )}
      <Radio.Group label={labels.table} value={draft.table} onChange={(table) => change({ table })}>
        <div className={classes.kinds}>
          {TABLES.map((table) => (
            <Radio key={table} value={table} label={labels.tables[table]} />
          ))}
        </div>
      </Radio.Group>
      {draft.table !== "parquet" && (
        <ChoiceSetting
          legend={tablePolicy.formulas.legend}
          values={["guard", "keep"]}
          words={tablePolicy.formulas}
          value={draft.formulas}
          onChange={(formulas) => change({ formulas })}
        />
      )}
    </>
  );
}

import { Button, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useAnswer } from "../../../client/query.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { ErrorNotice } from "../../../parts/error-notice.tsx";
import { useFormat } from "../../../parts/format.ts";
import { sayResources } from "../../../resources-words.ts";
import { goTo } from "../../../route.ts";
import { isSameFilter, usePickedResources } from "../../../selection.ts";
import { Adjusting } from "../adjusting.tsx";
import type { ResourcesInHand } from "../draft-state.ts";
import exportsClasses from "../exports.module.css";
import { Step } from "../step.tsx";
import { ResourcesFilterFields } from "./resources-filter-fields.tsx";
import type { ResourcesKind, ResourcesRecipe } from "./resources-draft.ts";
import { TypeCounts } from "./type-counts.tsx";

/** Which resources leave: the filter in words, the ways to another, and what is in it by type, before anything starts. */
export function ResourcesWhat(props: {
  kind: ResourcesKind;
  hand: ResourcesInHand;
  recipe: ResourcesRecipe | undefined;
}): ReactNode {
  const { kind, hand, recipe } = props;
  const words = useLabels();
  const { exporting } = words;
  const labels = words.resourceExports.what;
  const format = useFormat();
  const { draft, selection, change } = hand;
  const picked = usePickedResources();
  const types = useAnswer("resources.types", {});
  const isOfBrowse = picked !== undefined && selection !== undefined && isSameFilter(selection, picked);
  const isEverything = selection !== undefined && isSameFilter(selection, {});
  if (types.data?.length === 0)
    return (
      <Step number={1} title={exporting.steps.what}>
        <div className={exportsClasses.what}>
          <Text>
            {labels.none} {labels.noneNext}
          </Text>
          <Button variant="default" size="compact-md" onClick={() => goTo("sources")}>
            {words.tables.what.addSource}
          </Button>
        </div>
      </Step>
    );
  return (
    <Step number={1} title={exporting.steps.what}>
      {types.error !== null && <ErrorNotice error={types.error} />}
      <div className={exportsClasses.what}>
        {selection === undefined ? (
          <Text>
            {labels.nothing} {labels.nothingNext}
          </Text>
        ) : (
          <div>
            <Text fw={600}>
              <bdi dir="auto">{sayResources(selection, words, format)}</bdi>
            </Text>
            {draft.selection !== null && !isOfBrowse && !isEverything && picked !== undefined && (
              <Text size="sm">{exporting.what.fromRecipe}</Text>
            )}
          </div>
        )}
        <Group gap="xs">
          <Button variant="default" size="compact-md" onClick={() => goTo("browse", "resources")}>
            {selection === undefined ? exporting.what.pick : exporting.what.change}
          </Button>
          {!isEverything && (
            <Button variant="default" size="compact-md" onClick={() => change({ selection: {} })}>
              {labels.takeAll}
            </Button>
          )}
          {picked !== undefined && !isOfBrowse && (
            <Button variant="subtle" size="compact-md" onClick={() => change({ selection: null })}>
              {exporting.what.usePicked}
            </Button>
          )}
        </Group>
      </div>
      <Adjusting name={labels.filter} explain="">
        <ResourcesFilterFields
          kind={kind}
          filter={selection ?? {}}
          types={types.data ?? []}
          onChange={(next) => change({ selection: next })}
        />
      </Adjusting>
      {selection !== undefined && recipe !== undefined && <TypeCounts recipe={recipe} types={types.data ?? []} />}
    </Step>
  );
}

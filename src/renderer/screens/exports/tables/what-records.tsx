import { Button, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../../labels/labels.tsx";
import { goTo } from "../../../route.ts";
import { chooseExportKind } from "../../../selection.ts";
import classes from "../exports.module.css";
import { Step } from "../step.tsx";

/** What leaves of the records: the filter in words, counted, and the ways to another choice. */
export function WhatRecords(props: {
  kind: "notes" | "studies";
  /** The filter in words; undefined while nothing is picked. */
  words: string | undefined;
  /** What of it there is, each counted: shown beside each other. */
  counts: readonly string[];
  /** The catalog holds none at all. */
  none: boolean;
  isEverything: boolean;
  isOfRecipe: boolean;
  /** Undefined where nothing else is picked in Browse. */
  onPicked: (() => void) | undefined;
  onEverything: () => void;
  children?: ReactNode;
}): ReactNode {
  const { kind, words, counts, none, isEverything, isOfRecipe, onPicked, onEverything, children } = props;
  const { exporting, tables } = useLabels();
  const labels = tables.what;
  const browse = (): void => {
    chooseExportKind(kind);
    goTo("browse", kind === "notes" ? "notes" : "exams");
  };
  if (none)
    return (
      <Step number={1} title={exporting.steps.what}>
        <div className={classes.what}>
          <Text>
            {labels.none[kind]} {labels.noneNext}
          </Text>
          <Button variant="default" size="compact-md" onClick={() => goTo("sources")}>
            {labels.addSource}
          </Button>
        </div>
      </Step>
    );
  return (
    <Step number={1} title={exporting.steps.what}>
      <div className={classes.what}>
        {words === undefined ? (
          <Text>
            {labels.nothing[kind]} {labels.nothingNext}
          </Text>
        ) : (
          <div>
            <Text fw={600}>
              <bdi dir="auto">{words}</bdi>
            </Text>
            <Text size="sm" c="dimmed">
              {counts.join(" · ")}
            </Text>
            {isOfRecipe && <Text size="sm">{exporting.what.fromRecipe}</Text>}
          </div>
        )}
        <Group gap="xs">
          <Button variant="default" size="compact-md" onClick={browse}>
            {words === undefined ? exporting.what.pick : exporting.what.change}
          </Button>
          {!isEverything && (
            <Button variant="default" size="compact-md" onClick={onEverything}>
              {labels.takeAll[kind]}
            </Button>
          )}
          {onPicked !== undefined && (
            <Button variant="subtle" size="compact-md" onClick={onPicked}>
              {exporting.what.usePicked}
            </Button>
          )}
        </Group>
      </div>
      {children}
    </Step>
  );
}

import { Button, Group, Select, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useId, useState, type ReactNode } from "react";
import type { ViewSummary, ViewVerdict } from "../../../../contract/calls/fhir-exports.ts";
import type { ViewRecipe } from "../../../../contract/fhir-recipe.ts";
import { useAnswer } from "../../../client/query.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { ErrorNotice } from "../../../parts/error-notice.tsx";
import { useFormat } from "../../../parts/format.ts";
import { StateBadge } from "../../../parts/state-badge.tsx";
import type { ResourcesInHand } from "../draft-state.ts";
import { useStandInDestination } from "../use-plan.ts";
import { toResourcesRecipe } from "./resources-draft.ts";
import classes from "./resources.module.css";
import { TablePreviewPanel } from "./table-preview.tsx";

/** A view is not checked at every letter that is typed. */
const CHECK_WAIT_MS = 300;

/** A ViewDefinition as text, checked as it is typed, with the rows that it makes of what the policy lets leave. */
export function ViewEditor(props: {
  first: string;
  views: readonly ViewSummary[];
  /** Names of the other tables. */
  taken: readonly string[];
  hand: ResourcesInHand;
  onUse: (document: Record<string, unknown>) => void;
  onCancel: () => void;
}): ReactNode {
  const { first, views, taken, hand, onUse, onCancel } = props;
  const labels = useLabels().resourceExports.views;
  const format = useFormat();
  const [text, setText] = useState(first);
  const [settled] = useDebouncedValue(text, CHECK_WAIT_MS);
  const answer = useAnswer("views.check", { text: settled }, { keepPrevious: true });
  const isCurrent = settled === text && !answer.isPlaceholderData;
  const verdict = isCurrent ? answer.data : undefined;
  const isTaken = verdict?.ok === true && taken.some((name) => sameName(name, verdict.name));
  const recipe = usePreviewed(hand, answer.data);
  const about = useId();
  return (
    <section aria-label={labels.editor} className={classes.block}>
      <Select
        label={labels.begin}
        data={views.map(({ name, title }) => ({ value: name, label: title }))}
        value={null}
        maw={320}
        onChange={(name) => setText(views.find((one) => one.name === name)?.document ?? text)}
      />
      <div className={classes.editor}>
        <div aria-hidden className={classes.lineNumbers}>
          {text
            .split("\n")
            .map((_, index) => String(index + 1))
            .join("\n")}
        </div>
        <textarea
          aria-label={labels.editor}
          aria-describedby={about}
          aria-invalid={verdict?.ok === false}
          className={classes.text}
          spellCheck={false}
          rows={text.split("\n").length}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </div>
      {answer.error !== null && <ErrorNotice error={answer.error} />}
      <div id={about} role="status">
        {verdict === undefined ? (
          <Text size="sm">{labels.checking}</Text>
        ) : verdict.ok ? (
          <Text size="sm">
            {isTaken ? labels.taken : labels.good(format.count(verdict.columns.length), verdict.resource)}
          </Text>
        ) : (
          <Text size="sm" component="div">
            <StateBadge tone="failed">
              {verdict.line === null ? labels.editor : labels.line(format.count(verdict.line))}
            </StateBadge>{" "}
            <bdi dir="auto">
              {verdict.message} {verdict.next}
            </bdi>
          </Text>
        )}
      </div>
      {recipe !== undefined && <TablePreviewPanel recipe={recipe} />}
      <Group gap="xs">
        <Button
          disabled={verdict?.ok !== true || isTaken}
          onClick={() => verdict?.ok === true && onUse(verdict.document)}
        >
          {labels.use}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {labels.cancel}
        </Button>
      </Group>
    </section>
  );
}

/** The export as it would be with this view alone; undefined while something else of it is missing. */
function usePreviewed({ draft, selection }: ResourcesInHand, verdict: ViewVerdict | undefined): ViewRecipe | undefined {
  const standIn = useStandInDestination();
  if (standIn === undefined || verdict?.ok !== true || selection === undefined) return undefined;
  const recipe = toResourcesRecipe(
    "view",
    { ...draft, views: [{ document: verdict.document }], format: "folder", name: "" },
    selection,
    standIn,
  );
  return recipe?.kind === "view" ? recipe : undefined;
}

/** As names of files: "my_view" and "MyView" are one. */
function sameName(one: string, other: string): boolean {
  const folded = (name: string): string => name.toLowerCase().replaceAll(/[-_]/g, "");
  return folded(one) === folded(other);
}

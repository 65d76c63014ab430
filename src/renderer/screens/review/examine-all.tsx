import { Button, Text } from "@mantine/core";
import { useEffect, useState, type ReactNode } from "react";
import type { Calls } from "../../../contract/calls.ts";
import type { ImagingRecipe } from "../../../contract/recipe.ts";
import type { Client } from "../../../contract/rpc.ts";
import { useClient } from "../../client/client.tsx";
import { useStream } from "../../client/stream.ts";
import { sayReason } from "../../engine-words.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { useFormat } from "../../parts/format.ts";
import { StateBadge } from "../../parts/state-badge.tsx";
import { WorkProgress } from "../../parts/work-progress.tsx";
import classes from "./review.module.css";

type Examination = ReturnType<Client<Calls>["exports.examine"]> extends AsyncIterable<infer Event> ? Event : never;

/** So many instances are checked without being asked: they are read within a second or two. */
const CHECKED_AT_ONCE = 200;

/** Every instance of the selection, taken through the policy without writing anything. */
export function ExamineAll(props: { recipe: ImagingRecipe; instances: number }): ReactNode {
  const { instances } = props;
  // Another recipe is another of these (its key): a new object that says the same is no reason to begin anew.
  const [recipe] = useState(props.recipe);
  const labels = useLabels().review.examine;
  const format = useFormat();
  const client = useClient();
  const { latest, running, error, start, cancel } = useStream<Examination>();
  const begin = (): void => start((signal) => client["exports.examine"]({ recipe }, signal));
  const isSmall = instances <= CHECKED_AT_ONCE;
  useEffect(() => {
    if (isSmall) start((signal) => client["exports.examine"]({ recipe }, signal));
  }, [isSmall, client, recipe, start]);
  return (
    <section className={classes.all} aria-label={labels.title(format.count(instances))}>
      <div className={classes.allHead}>
        <div className={classes.spread}>
          <Text fw={600}>{labels.title(format.count(instances))}</Text>
          {latest === undefined && (
            <Text size="sm" c="dimmed">
              {labels.text}
            </Text>
          )}
        </div>
        {!running && (
          <Button variant="default" size="compact-md" onClick={begin}>
            {latest === undefined ? labels.start(instances, format.count(instances)) : labels.again}
          </Button>
        )}
      </div>
      {running && (
        <WorkProgress
          label={labels.running}
          done={latest?.done ?? 0}
          total={latest?.total ?? instances}
          onCancel={cancel}
        />
      )}
      {!running && latest?.type === "progress" && error === undefined && <Text size="sm">{labels.stopped}</Text>}
      {error !== undefined && <ErrorNotice error={error} />}
      {latest !== undefined && <Findings examination={latest} />}
    </section>
  );
}

function Findings({ examination }: { examination: Examination }): ReactNode {
  const labels = useLabels().review.examine;
  const format = useFormat();
  const { clean, heldBack, failed, leaks, type } = examination;
  const sum = (reasons: Examination["heldBack"]): number => reasons.reduce((total, { count }) => total + count, 0);
  const held = sum(heldBack);
  const broken = sum(failed);
  const isWhole = type === "result";
  return (
    <div role="status">
      <div className={classes.found}>
        <Text size="sm">{labels.clean(clean, format.count(clean))}</Text>
        {held > 0 ? (
          <StateBadge tone="attention">{labels.held(held, format.count(held))}</StateBadge>
        ) : (
          isWhole && <Text size="sm">{labels.noneHeld}</Text>
        )}
        {broken > 0 ? (
          <StateBadge tone="failed">{labels.failed(broken, format.count(broken))}</StateBadge>
        ) : (
          isWhole && <Text size="sm">{labels.noneFailed}</Text>
        )}
        {leaks > 0 ? (
          <StateBadge tone="failed">{labels.leaks(leaks, format.count(leaks))}</StateBadge>
        ) : (
          isWhole && <Text size="sm">{labels.noLeaks}</Text>
        )}
      </div>
      {held + broken > 0 && <Reasons reasons={[...failed, ...heldBack]} />}
    </div>
  );
}

function Reasons({ reasons }: { reasons: Examination["heldBack"] }): ReactNode {
  const words = useLabels();
  const labels = words.review.examine;
  const format = useFormat();
  return (
    <table className={classes.reasons}>
      <thead>
        <tr>
          <th scope="col">{labels.count}</th>
          <th scope="col">{labels.reason}</th>
        </tr>
      </thead>
      <tbody>
        {reasons.map((one) => (
          <tr key={`${one.code} ${one.reason}`}>
            <td>{format.count(one.count)}</td>
            <td>{sayReason(one, words)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

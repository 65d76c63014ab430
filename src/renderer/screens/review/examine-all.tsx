import { Button, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
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

/** Every instance of the selection, taken through the policy without writing anything. */
export function ExamineAll({ recipe, instances }: { recipe: ImagingRecipe; instances: number }): ReactNode {
  const labels = useLabels().review.examine;
  const format = useFormat();
  const client = useClient();
  const { latest, running, error, start, cancel } = useStream<Examination>();
  const begin = (): void => start((signal) => client["exports.examine"]({ recipe }, signal));
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {labels.text}
      </Text>
      {running ? (
        <WorkProgress
          label={labels.running}
          done={latest?.done ?? 0}
          total={latest?.total ?? instances}
          onCancel={cancel}
        />
      ) : (
        <Group>
          <Button variant="default" onClick={begin}>
            {latest === undefined ? labels.start(instances, format.count(instances)) : labels.again}
          </Button>
          {latest?.type === "progress" && error === undefined && <Text size="sm">{labels.stopped}</Text>}
        </Group>
      )}
      {error !== undefined && <ErrorNotice error={error} />}
      {latest !== undefined && <Findings examination={latest} />}
    </Stack>
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
    <Stack gap="sm" role="status">
      <Text size="sm">{labels.clean(clean, format.count(clean))}</Text>
      {held > 0 ? (
        <>
          <StateBadge tone="attention">{labels.held(held, format.count(held))}</StateBadge>
          <Reasons reasons={heldBack} />
        </>
      ) : (
        isWhole && <Text size="sm">{labels.noneHeld}</Text>
      )}
      {broken > 0 ? (
        <>
          <StateBadge tone="failed">{labels.failed(broken, format.count(broken))}</StateBadge>
          <Reasons reasons={failed} />
        </>
      ) : (
        isWhole && <Text size="sm">{labels.noneFailed}</Text>
      )}
      {leaks > 0 ? (
        <StateBadge tone="failed">{labels.leaks(leaks, format.count(leaks))}</StateBadge>
      ) : (
        isWhole && <Text size="sm">{labels.noLeaks}</Text>
      )}
    </Stack>
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

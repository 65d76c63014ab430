import { Badge, Button, Collapse, Radio, SegmentedControl, Text } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useId, useState, type ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { READY_NAMES, READY_RECIPES, readyNameOf, type ReadyName } from "../../ready-recipes.ts";
import { Adjust } from "./adjust.tsx";
import type { DraftInHand } from "./draft-state.ts";
import classes from "./exports.module.css";
import { ProjectKeyField } from "./project-key-field.tsx";
import { SavedRecipes } from "./saved-recipes.tsx";
import { Step } from "./step.tsx";
import { Warning } from "./warning.tsx";

/** How it leaves: a ready recipe, who is named in it, and every setting behind "Adjust". */
export function StepHow({ hand }: { hand: DraftInHand }): ReactNode {
  const { exporting: labels, policy } = useLabels();
  const { draft, change } = hand;
  const [adjusting, setAdjusting] = useState(false);
  const settings = useId();
  const ready = readyNameOf(draft);
  const choose = (name: ReadyName): void => change({ ...READY_RECIPES[name], heldReason: null });
  return (
    <Step number={2} title={labels.steps.how}>
      <Radio.Group value={ready ?? null} onChange={(name) => choose(name)} aria-label={labels.ready.legend}>
        <div className={classes.cards}>
          {READY_NAMES.map((name) => (
            <ReadyCard key={name} name={name} />
          ))}
        </div>
      </Radio.Group>
      <SavedRecipes />
      {ready === undefined && <Text size="sm">{labels.ready.own}</Text>}
      {(ready === "metadata" || ready === undefined) && (
        <SegmentedControl
          aria-label={labels.identity.legend}
          w="fit-content"
          value={draft.identity}
          data={[
            { value: "pseudonymised", label: policy.pseudonymised.title },
            { value: "identified", label: policy.identified.title },
          ]}
          onChange={(identity) =>
            change(
              identity === "identified"
                ? { identity: "identified", options: [] }
                : { identity: "pseudonymised", options: READY_RECIPES.research.options },
            )
          }
        />
      )}
      {draft.identity === "identified" ? (
        <Warning title={labels.identity.loud}>{labels.identity.loudText}</Warning>
      ) : (
        <ProjectKeyField value={draft.key} onChange={(key) => change({ key })} />
      )}
      <div>
        <Button
          variant="subtle"
          size="compact-md"
          aria-expanded={adjusting}
          aria-controls={settings}
          leftSection={adjusting ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
          onClick={() => setAdjusting(!adjusting)}
        >
          {labels.adjust.open}
        </Button>
        <Text span size="sm" c="dimmed" ml="xs">
          {labels.adjust.explain}
        </Text>
      </div>
      <Collapse expanded={adjusting} id={settings}>
        {adjusting && <Adjust hand={hand} />}
      </Collapse>
    </Step>
  );
}

function ReadyCard({ name }: { name: ReadyName }): ReactNode {
  const words = useLabels().exporting.ready[name];
  return (
    <Radio.Card value={name} className={classes.card}>
      <Text fw={600}>{words.title}</Text>
      <Text size="sm">{words.text}</Text>
      <Badge variant="default" radius="sm" tt="none" fw={500} classNames={{ root: classes.mark, label: classes.mark }}>
        {words.mark}
      </Badge>
    </Radio.Card>
  );
}

import { Button, Text } from "@mantine/core";
import { useId, useState, type ReactNode } from "react";
import type { Recipe } from "../../../contract/recipe.ts";
import { useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { Confirm } from "../../parts/confirm.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { useFormat } from "../../parts/format.ts";
import { goTo } from "../../route.ts";
import classes from "./exports.module.css";
import { SaveRecipe } from "./save-recipe.tsx";
import type { StartReason } from "./start-reasons.ts";
import { identitiesIn, type Identity } from "./tables/table-identity.ts";

/** Always in sight: what Start would make, or in words why it cannot start yet. A table that leads to persons is asked about once more. */
export function StartBar(props: {
  recipe: Recipe | undefined;
  /** What Start would make: "Makes 1 package, pseudonymised, about 1 GB." */
  ready: string;
  reasons: readonly StartReason[];
}): ReactNode {
  const { recipe, ready, reasons } = props;
  const labels = useLabels().exporting;
  const format = useFormat();
  const start = useCall("exports.start");
  const remember = useCall("settings.set");
  const [asked, setAsked] = useState(false);
  const words = useId();
  const [reason] = reasons;
  const canStart = recipe !== undefined && reason === undefined;
  const identities = recipe === undefined ? [] : identitiesIn(recipe);
  const begin = (): void => {
    if (!canStart) return;
    start.mutate(
      { recipe },
      {
        onSuccess: ({ jobId }) => {
          remember.mutate({ lastDestination: recipe.destination });
          goTo("exports", jobId);
        },
        onSettled: () => setAsked(false),
      },
    );
  };
  const sayWhether = (): string => {
    if (reason === undefined) return recipe === undefined ? "" : ready;
    const said = labels.start.reasons[reason];
    return reasons.length === 1 ? said : `${said} ${labels.start.more(format.count(reasons.length - 1))}`;
  };
  return (
    <div className={classes.bar}>
      {start.error !== null && <ErrorNotice error={start.error} onDismiss={() => start.reset()} />}
      <Text size="sm" id={words} className={classes.barWords}>
        {sayWhether()}
      </Text>
      <SaveRecipe recipe={recipe} />
      <Button
        disabled={!canStart}
        loading={start.isPending}
        aria-describedby={words}
        onClick={() => (identities.length === 0 ? begin() : setAsked(true))}
      >
        {labels.start.button}
      </Button>
      <IdentityQuestion
        identities={identities}
        opened={asked && canStart}
        busy={start.isPending}
        onCancel={() => setAsked(false)}
        onConfirm={begin}
      />
    </div>
  );
}

/** Names each thing that leads to a person, before it leaves. */
function IdentityQuestion(props: {
  identities: readonly Identity[];
  opened: boolean;
  busy: boolean;
  onCancel: () => void;
  onConfirm: () => void;
}): ReactNode {
  const { identities, ...question } = props;
  const { resourceExports, tables: labels } = useLabels();
  const ofResources = identities.some((one) => one === "resources" || one === "rules" || one === "pictures");
  return (
    <Confirm
      title={ofResources ? resourceExports.asks : labels.start.asks}
      confirmLabel={labels.start.confirm}
      {...question}
    >
      <ul className={classes.identities}>
        {identities.map((identity) => (
          <li key={identity}>{labels.identities[identity]}</li>
        ))}
      </ul>
      <Text>{labels.start.asksText}</Text>
    </Confirm>
  );
}

import { Tabs, Text } from "@mantine/core";
import { useState, type ReactNode } from "react";
import type { ImagingRecipe } from "../../../contract/recipe.ts";
import { useAnswer } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { ExamineAll } from "./examine-all.tsx";
import { HeldNotice, InstanceBeside } from "./instance-beside.tsx";
import { InstancePicker } from "./instance-picker.tsx";
import { HeaderView } from "./header-view.tsx";
import { MetadataView } from "./metadata-view.tsx";
import classes from "./review.module.css";

/** What will leave: one real instance of the selection before and after, and all of them counted. Nothing is written. */
export function ReviewPanel({ recipe }: { recipe: ImagingRecipe | undefined }): ReactNode {
  const labels = useLabels().review;
  if (recipe === undefined)
    return (
      <Text size="sm" c="dimmed">
        {labels.waiting}
      </Text>
    );
  // Another selection has other instances: begin with its first.
  return <ReviewOf key={JSON.stringify(recipe.selection)} recipe={recipe} />;
}

function ReviewOf({ recipe }: { recipe: ImagingRecipe }): ReactNode {
  const labels = useLabels().review;
  const [index, setIndex] = useState(0);
  const answer = useAnswer("exports.review", { recipe, index }, { keepPrevious: true });
  const { data: review, error, refetch, isPlaceholderData: isOld } = answer;
  const instances = review?.instances ?? 0;
  return (
    <div>
      {instances > 0 && <ExamineAll key={JSON.stringify(recipe)} recipe={recipe} instances={instances} />}
      <div className={classes.head}>
        {instances > 0 && <InstancePicker index={index} instances={instances} onIndex={setIndex} />}
        {review !== undefined && error === null && (
          <Text size="sm" c="dimmed" component="span" className={classes.spread}>
            <bdi dir="auto">{labels.willBe(review.path, review.package)}</bdi>
          </Text>
        )}
      </div>
      {error !== null && (
        <ErrorNotice error={error} action={{ label: labels.readAgain, onClick: () => void refetch() }} />
      )}
      {(review === undefined || isOld) && error === null && <Text size="sm">{labels.reading}</Text>}
      {review !== undefined && (
        // Until the new one is read, the one before stays in its place, pale: what it says is not of what is chosen now.
        <div aria-busy={isOld} className={isOld ? classes.old : undefined}>
          <HeldNotice review={review} policy={recipe.policy} />
          <Tabs defaultValue="header" mt="sm" keepMounted={false}>
            <Tabs.List>
              <Tabs.Tab value="header">{labels.tabs.header}</Tabs.Tab>
              <Tabs.Tab value="metadata">{labels.tabs.metadata}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="header" pt="sm">
              {error === null && (
                <div className={classes.body}>
                  <HeaderView review={review} identified={recipe.policy.kind === "identified"} />
                  <InstanceBeside review={review} policy={recipe.policy} />
                </div>
              )}
            </Tabs.Panel>
            <Tabs.Panel value="metadata" pt="sm">
              {error === null && <MetadataView metadata={review.metadata} truncated={review.metadataTruncated} />}
            </Tabs.Panel>
          </Tabs>
        </div>
      )}
    </div>
  );
}

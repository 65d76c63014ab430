import { ActionIcon, Group, NumberInput, Text } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import type { ResourceReview } from "../../../../contract/calls/resource-review.ts";
import type { ElementTreatment } from "../../../../contract/fhir.ts";
import type { DatasetRecipe } from "../../../../contract/fhir-recipe.ts";
import { useAnswer } from "../../../client/query.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { ErrorNotice } from "../../../parts/error-notice.tsx";
import { useFormat } from "../../../parts/format.ts";
import { StateBadge } from "../../../parts/state-badge.tsx";
import { compareLines } from "./compare-lines.ts";
import classes from "./resources.module.css";

/** Lines that are shown of a resource: more nobody reads, and each is an element of the page. */
const MOST_LINES = 1_000;

/** One real resource of the selection before and after the policy, and what was done to it. */
export function ResourceBesidePanel({ recipe }: { recipe: DatasetRecipe }): ReactNode {
  const labels = useLabels().resourceExports.review;
  const [index, setIndex] = useState(0);
  const answer = useAnswer("exports.reviewResource", { recipe, index }, { keepPrevious: true });
  const { data: review, error, refetch, isPlaceholderData: isOld } = answer;
  return (
    <section aria-label={labels.one} className={classes.block}>
      <Text fw={600} size="sm">
        {labels.one}
      </Text>
      {error !== null && <ErrorNotice error={error} action={{ label: labels.again, onClick: () => void refetch() }} />}
      {(review === undefined || isOld) && error === null && <Text size="sm">{labels.reading}</Text>}
      {review !== undefined && (
        <>
          <div className={classes.head}>
            <Picker index={index} total={review.total} onIndex={setIndex} />
            <Text size="sm" c="dimmed" className={classes.spread}>
              <bdi dir="auto">{labels.willBe(review.path, review.package)}</bdi>
            </Text>
          </div>
          {error === null && (
            // Until the new one is read, the one before stays in its place, pale: what it says is not of what is chosen now.
            <div aria-busy={isOld} className={isOld ? classes.old : undefined}>
              <Beside review={review} />
            </div>
          )}
        </>
      )}
    </section>
  );
}

function Picker(props: { index: number; total: number; onIndex: (index: number) => void }): ReactNode {
  const { index, total, onIndex } = props;
  const labels = useLabels().resourceExports.review;
  const format = useFormat();
  return (
    <Group gap="xs" wrap="nowrap">
      <Text fw={600} aria-live="polite">
        {labels.position(format.count(index + 1), format.count(total))}
      </Text>
      <ActionIcon
        variant="default"
        aria-label={labels.previous}
        disabled={index === 0}
        onClick={() => onIndex(index - 1)}
      >
        <IconChevronLeft size={16} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={labels.next}
        disabled={index >= total - 1}
        onClick={() => onIndex(index + 1)}
      >
        <IconChevronRight size={16} />
      </ActionIcon>
      <NumberInput
        aria-label={labels.goTo}
        size="xs"
        w={96}
        hideControls
        allowDecimal={false}
        min={1}
        max={total}
        value={index + 1}
        onChange={(value) => {
          const wanted = Number(value) - 1;
          if (Number.isInteger(wanted) && wanted >= 0 && wanted < total) onIndex(wanted);
        }}
      />
    </Group>
  );
}

function Beside({ review }: { review: ResourceReview }): ReactNode {
  const { datasets, resourceExports } = useLabels();
  const labels = resourceExports.review;
  const format = useFormat();
  const { before, after, withheld, treatments, truncated } = review;
  const done = Object.entries(treatments) as [ElementTreatment, number][];
  return (
    <>
      {withheld !== null && <StateBadge tone="attention">{labels.held(datasets.reasons[withheld])}</StateBadge>}
      {after !== null && (
        <ul aria-label={labels.treated} className={classes.treatments}>
          {done.length === 0 && <li>{labels.untouched}</li>}
          {done.map(([treatment, count]) => (
            <li key={treatment}>
              {datasets.treatments[treatment]}: {format.count(count)}
            </li>
          ))}
        </ul>
      )}
      <div className={classes.beside}>
        <Lines title={labels.before} text={before} other={after ?? ""} change="del" />
        {after === null ? (
          <Text size="sm">{labels.nothing}</Text>
        ) : (
          <Lines title={labels.after} text={after} other={before} change="ins" />
        )}
      </div>
      {truncated && <Text size="sm">{labels.truncated}</Text>}
    </>
  );
}

const SIGNS = { del: "− ", ins: "+ ", div: "  " };

function Line({ as: Element, text }: { as: keyof typeof SIGNS; text: string }): ReactNode {
  const words = text.trimStart();
  return (
    <Element className={classes.line}>
      <span aria-hidden>{SIGNS[Element]}</span>
      {text.slice(0, text.length - words.length)}
      <span className={classes.words}>{words}</span>
    </Element>
  );
}

function Lines(props: { title: string; text: string; other: string; change: "del" | "ins" }): ReactNode {
  const { title, text, other, change } = props;
  const labels = useLabels().resourceExports.review;
  const format = useFormat();
  const lines = compareLines(text, other, MOST_LINES);
  return (
    <div>
      <Text size="sm" fw={500}>
        {title}
      </Text>
      {/* What stands on one side alone has a sign before it, so that nobody has to tell colours apart. */}
      <div role="region" aria-label={title} tabIndex={0} className={classes.json} dir="ltr">
        {lines.map((line, index) => (
          <Line key={index} as={line.only ? change : "div"} text={line.text} />
        ))}
      </div>
      {lines.length === MOST_LINES && (
        <Text size="sm" c="dimmed">
          {labels.lines(format.count(MOST_LINES))}
        </Text>
      )}
    </div>
  );
}

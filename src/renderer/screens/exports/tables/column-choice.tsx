import { ActionIcon, Radio, Text } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from "@tabler/icons-react";
import { useRef, useState, type ReactNode } from "react";
import { EXAM_COLUMNS, GUIDE_EXAM_COLUMNS, type ExamColumn } from "../../../../contract/records.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { announce } from "../../../parts/announce.tsx";
import { useFormat } from "../../../parts/format.ts";
import { StandardTerm } from "../../../parts/standard-term.tsx";
import classes from "../exports.module.css";
import { movedColumn, withColumn } from "./studies-draft.ts";

const ICON = 14;
type Way = "guide" | "platform" | "own";

function wayOf(columns: readonly ExamColumn[]): Way {
  const said = columns.join();
  if (said === GUIDE_EXAM_COLUMNS.join()) return "guide";
  return said === EXAM_COLUMNS.join() ? "platform" : "own";
}

/** The columns of the guide, those of the platform, or any, in any order. */
export function ColumnChoice(props: {
  columns: readonly ExamColumn[];
  onChange: (columns: readonly ExamColumn[]) => void;
}): ReactNode {
  const { columns, onChange } = props;
  const labels = useLabels().tablePolicy.studies.columns;
  const format = useFormat();
  // "My own" begins with the columns that are chosen: they are the guide's until one is changed.
  const [own, setOwn] = useState(false);
  const way = own ? "own" : wayOf(columns);
  const choose = (next: Way): void => {
    setOwn(next === "own");
    if (next === "guide") onChange(GUIDE_EXAM_COLUMNS);
    if (next === "platform") onChange(EXAM_COLUMNS);
  };
  return (
    <div>
      <Radio.Group label={labels.legend} value={way} onChange={choose}>
        <div className={classes.choices}>
          <Radio value="guide" label={labels.guide(format.count(GUIDE_EXAM_COLUMNS.length))} />
          <Radio value="platform" label={labels.platform(format.count(EXAM_COLUMNS.length))} />
          <Radio value="own" label={labels.own} />
        </div>
      </Radio.Group>
      {way === "own" && <OwnColumns columns={columns} onChange={onChange} />}
    </div>
  );
}

function OwnColumns(props: {
  columns: readonly ExamColumn[];
  onChange: (columns: readonly ExamColumn[]) => void;
}): ReactNode {
  const { columns, onChange } = props;
  const { records, tablePolicy } = useLabels();
  const labels = tablePolicy.studies.columns;
  const format = useFormat();
  // A button that is gone with its line would take the keyboard with it: it goes to the list instead.
  const list = useRef<HTMLOListElement>(null);
  const others = EXAM_COLUMNS.filter((column) => !columns.includes(column));
  const move = (column: ExamColumn, by: -1 | 1): void => {
    const next = movedColumn(columns, column, by);
    onChange(next);
    announce(
      labels.moved(records.examColumns[column], format.count(next.indexOf(column) + 1), format.count(next.length)),
    );
  };
  const button = (label: string, icon: ReactNode, disabled: boolean, onClick: () => void): ReactNode => (
    <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} disabled={disabled} onClick={onClick}>
      {icon}
    </ActionIcon>
  );
  const name = (column: ExamColumn): ReactNode => (
    <span className={classes.columnName}>
      <StandardTerm plain={records.examColumns[column]} term={column} />
    </span>
  );
  return (
    <div className={classes.columns}>
      <section aria-label={labels.chosen}>
        <Text size="sm" fw={500}>
          {labels.chosen}
        </Text>
        <ol ref={list} tabIndex={-1} className={classes.columnList}>
          {columns.map((column, index) => {
            const title = records.examColumns[column];
            return (
              <li key={column}>
                {name(column)}
                {button(labels.up(title), <IconArrowUp size={ICON} />, index === 0, () => move(column, -1))}
                {button(labels.down(title), <IconArrowDown size={ICON} />, index === columns.length - 1, () =>
                  move(column, 1),
                )}
                {button(labels.remove(title), <IconX size={ICON} />, false, () => {
                  onChange(withColumn(columns, column, false));
                  list.current?.focus();
                })}
              </li>
            );
          })}
        </ol>
      </section>
      {others.length > 0 && (
        <section aria-label={labels.others}>
          <Text size="sm" fw={500}>
            {labels.others}
          </Text>
          <ul className={classes.columnList}>
            {others.map((column) => (
              <li key={column}>
                {name(column)}
                {button(labels.add(records.examColumns[column]), <IconPlus size={ICON} />, false, () => {
                  onChange(withColumn(columns, column, true));
                  list.current?.focus();
                })}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

import { Button, CopyButton, Group, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useMemo, useState, type ReactNode } from "react";
import { useLabels } from "../../../labels/labels.tsx";
import { useFormat } from "../../../parts/format.ts";
import { foldedAtFirst, nameOfLine, readJsonLines, seenLines, shortLine, type JsonLine } from "./fold-json.ts";
import styles from "./resources.module.css";

/** More lines than this at once would hold the window: beyond, it is one text without folding. */
const MOST_LINES = 1500;

/** A resource as it is kept: text, never anything that a browser would run. Parts fold; all of it can be copied. */
export function JsonView({ json }: { json: string }): ReactNode {
  const { browseResources } = useLabels();
  const labels = browseResources.json;
  const lines = useMemo(() => readJsonLines(json), [json]);
  const [folded, setFolded] = useState<ReadonlySet<number>>(() => foldedAtFirst(lines));
  const seen = useMemo(() => seenLines(lines, folded), [lines, folded]);
  const toggle = (index: number): void => {
    const next = new Set(folded);
    if (!next.delete(index)) next.add(index);
    setFolded(next);
  };
  const foldable = lines.flatMap(({ end, depth }, index) => (end === undefined || depth === 0 ? [] : [index]));
  return (
    <section aria-label={labels.label}>
      <Group gap="xs" mb={4}>
        <Button size="compact-xs" variant="default" disabled={folded.size === 0} onClick={() => setFolded(new Set())}>
          {labels.unfoldAll}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          disabled={folded.size === foldable.length}
          onClick={() => setFolded(new Set(foldable))}
        >
          {labels.foldAll}
        </Button>
        <CopyButton value={json}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy}>
              {copied ? labels.copied : labels.copy}
            </Button>
          )}
        </CopyButton>
      </Group>
      <div className={styles.json} dir="ltr" tabIndex={0} role="group" aria-label={labels.label}>
        {seen.length > MOST_LINES ? (
          <pre className={styles.plain}>{json}</pre>
        ) : (
          seen.map((index) => (
            <Line
              key={index}
              line={lines[index]}
              closing={folded.has(index) ? lines[lines[index]?.end ?? -1]?.text : undefined}
              onToggle={() => toggle(index)}
            />
          ))
        )}
      </div>
    </section>
  );
}

function Line(props: {
  line: JsonLine | undefined;
  /** How what is folded ends; undefined where it is not folded. */
  closing: string | undefined;
  onToggle: () => void;
}): ReactNode {
  const { line, closing, onToggle } = props;
  const { browseResources } = useLabels();
  const labels = browseResources.json;
  const format = useFormat();
  if (line === undefined) return null;
  const { shown, length } = shortLine(line.text);
  const isFolded = closing !== undefined;
  const Icon = isFolded ? IconChevronRight : IconChevronDown;
  return (
    <div className={styles.line} style={{ paddingInlineStart: `calc(${line.depth} * 1.5ch + 24px)` }}>
      {line.end !== undefined && line.depth > 0 && (
        <UnstyledButton
          className={styles.fold}
          aria-expanded={!isFolded}
          aria-label={labels.part(nameOfLine(line))}
          onClick={onToggle}
        >
          <Icon size={14} aria-hidden />
        </UnstyledButton>
      )}
      <span>
        {shown}
        {length !== undefined && <em className={styles.more}> {labels.longer(format.count(length))}</em>}
        {isFolded && `…${closing}`}
      </span>
    </div>
  );
}

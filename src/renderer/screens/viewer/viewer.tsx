import { ActionIcon, Modal, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconX } from "@tabler/icons-react";
import { useEffect, useState, type KeyboardEvent, type ReactNode } from "react";
import type { SeriesRow, StudyRow } from "../../../contract/calls/find.ts";
import { useAnswer } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { useFormat } from "../../parts/format.ts";
import { Name } from "../../parts/name.tsx";
import type { StackedInstance } from "./frame-list.ts";
import { Stage } from "./stage.tsx";
import { useViewing } from "./use-viewing.ts";
import { ViewerBar } from "./viewer-bar.tsx";
import { readViewerKey } from "./viewer-keys.ts";
import styles from "./viewer.module.css";

/** Most instances that one question may answer with; a series of more is shown up to there, which is said. */
const INSTANCES_AT_MOST = 10_000;
const NONE: readonly StackedInstance[] = [];

/** One series over the whole window. Closes with Escape; the keyboard goes back to where it came from. */
export function Viewer({
  study,
  series,
  onClose,
}: {
  study: StudyRow;
  series: SeriesRow;
  onClose: () => void;
}): ReactNode {
  const labels = useLabels().viewer;
  const name = [series.modality, series.description].filter((part) => part !== "").join(" ");
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // The dialog goes away with this part, before it could give the keyboard back itself.
      if (before instanceof HTMLElement) before.focus();
    },
    [before],
  );
  return (
    <Modal.Root
      opened
      onClose={onClose}
      fullScreen
      lockScroll={false}
      closeOnEscape={false}
      returnFocus={false}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Content aria-label={labels.title(name)} radius={0}>
        <Modal.Body p={0} h="100%">
          <Series study={study} series={series} name={name} onClose={onClose} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Series({
  study,
  series,
  name,
  onClose,
}: {
  study: StudyRow;
  series: SeriesRow;
  name: string;
  onClose: () => void;
}): ReactNode {
  const labels = useLabels().viewer;
  const format = useFormat();
  const { studyInstanceUid, patientId, issuer } = study;
  const { data, error } = useAnswer("find.instances", {
    studyInstanceUid,
    patientId,
    issuer,
    seriesInstanceUid: series.seriesInstanceUid,
    limit: INSTANCES_AT_MOST,
  });
  const instances = data?.rows ?? NONE;
  const viewing = useViewing(instances, onClose);
  const { place, shown } = viewing;
  const words = [
    labels.imageOf(format.count((place?.at ?? 0) + 1), format.count(instances.length)),
    place === undefined || place.instance.frames < 2
      ? ""
      : labels.frameOf(format.count(place.frame + 1), format.count(place.instance.frames)),
  ].filter((part) => part !== "");
  const spoken = useDebouncedValue(words.join(", "), 500)[0];
  function onKeyDown(event: KeyboardEvent): void {
    // The dialog's own trap listens further out.
    if (event.key === "Tab") return;
    // No other key of the viewer is a key of the page below it.
    event.stopPropagation();
    const target = event.target as HTMLElement;
    const action = readViewerKey(event);
    const isControl = target.closest("button, select, input, [role=slider]") !== null;
    if (action === undefined || (isControl && action.type !== "close")) return;
    event.preventDefault();
    viewing.act(action);
  }
  return (
    <div className={styles.viewer} onKeyDown={onKeyDown} role="presentation">
      <header className={styles.head}>
        <div className={styles.who}>
          <Text fw={600}>
            <Name value={study.patientName} />
          </Text>
          <Text size="sm" c="dimmed" dir="auto">
            {[study.patientId, format.dicomDate(study.studyDate), study.description, name]
              .filter((part) => part !== "")
              .join(" · ")}
          </Text>
        </div>
        <Text size="sm" className={styles.warning}>
          {labels.notForDiagnosis}
        </Text>
        <ActionIcon variant="subtle" color="gray" aria-label={labels.close} title={labels.close} onClick={onClose}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </header>
      {error === null ? null : <ErrorNotice error={error} />}
      <Stage
        shown={shown}
        name={words.join(", ")}
        placement={viewing.placement}
        onWindowStart={viewing.beginWindow}
        onWindowDrag={viewing.dragWindow}
        onAction={viewing.act}
      />
      <ViewerBar
        position={viewing.position}
        frames={viewing.frames}
        place={words.join(" · ")}
        modality={series.modality}
        chosen={viewing.window}
        applied={shown.picture?.window}
        playing={viewing.playing}
        rate={viewing.rate}
        zoom={viewing.placement.zoom}
        onPosition={viewing.setPosition}
        onRate={viewing.setRate}
        onAction={viewing.act}
      />
      <p className={styles.keys}>{labels.keys}</p>
      {data !== undefined && data.total > data.rows.length ? (
        <p className={styles.keys}>{labels.tooMany(format.count(data.rows.length), format.count(data.total))}</p>
      ) : null}
      {/* The live region of the window lies behind the dialog. Spoken when the wheel rests. */}
      <span className={styles.spoken} role="status">
        {spoken}
      </span>
    </div>
  );
}

import { Text, UnstyledButton } from "@mantine/core";
import { IconEye } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { SeriesRow } from "../../../contract/calls/find.ts";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import { Picture } from "../../parts/picture.tsx";
import { Modalities } from "./columns.tsx";
import styles from "./browse.module.css";

const EDGE = 72;

/** The series of a study, each with a picture; one with pictures opens in the viewer. */
export function SeriesList({
  series,
  onView,
}: {
  series: readonly SeriesRow[];
  onView: (uid: string) => void;
}): ReactNode {
  const { browse: labels } = useLabels();
  const format = useFormat();
  return (
    <ul className={styles.list}>
      {series.map((one) => {
        const name = one.description === "" ? labels.panel.noDescription : one.description;
        const facts = [
          one.seriesNumber === null ? "" : labels.panel.seriesNumber(String(one.seriesNumber)),
          one.bodyPart,
          one.frames > one.instances
            ? labels.panel.frames(one.frames, format.count(one.frames))
            : labels.instances(one.instances, format.count(one.instances)),
          format.bytes(one.bytes),
        ];
        return (
          <li key={one.seriesInstanceUid}>
            <UnstyledButton
              className={styles.series}
              disabled={one.picture === null}
              onClick={() => onView(one.seriesInstanceUid)}
            >
              <Picture instance={one.picture} edge={EDGE} alt="" />
              <span className={styles.seriesWords}>
                <span dir="auto">{name}</span>
                <Text component="span" size="sm" c="dimmed">
                  {facts.filter((fact) => fact !== "").join(" · ")}
                </Text>
                {one.picture === null ? null : (
                  <Text component="span" size="sm" c="var(--satchel-accent-text)" className={styles.badges}>
                    <IconEye size={16} aria-hidden />
                    {labels.panel.view}
                  </Text>
                )}
              </span>
              <Modalities value={one.modality} />
            </UnstyledButton>
          </li>
        );
      })}
    </ul>
  );
}

import { Text, UnstyledButton } from "@mantine/core";
import { IconDeviceDesktop, IconDeviceUsb, IconFolder, IconHome, IconServer } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Place } from "../../../contract/calls/shell.ts";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../format.ts";
import { StateBadge } from "../state-badge.tsx";
import classes from "./folder-browser.module.css";

const ICONS: Record<Place["kind"], ReactNode> = {
  removable: <IconDeviceUsb size={18} />,
  drive: <IconDeviceDesktop size={18} />,
  network: <IconServer size={18} />,
  home: <IconHome size={18} />,
  folder: <IconFolder size={18} />,
};

/** Removable media and drives, then the folders people keep things in, each with its free space and file system. */
export function Places(props: {
  places: readonly Place[];
  current: string;
  onOpen: (path: string) => void;
}): ReactNode {
  const { files } = useLabels();
  const format = useFormat();
  return (
    <ul aria-label={files.places} className={classes.places}>
      {props.places.map((place) => (
        <li key={place.path}>
          <UnstyledButton
            className={classes.place}
            aria-current={place.path === props.current}
            onClick={() => props.onOpen(place.path)}
          >
            <span aria-hidden>{ICONS[place.kind]}</span>
            <span className={classes.placeWords}>
              <Text size="sm" truncate>
                <bdi>{place.label}</bdi>
              </Text>
              <Text size="xs" c="dimmed">
                {[
                  files.placeKinds[place.kind],
                  place.fileSystem,
                  place.freeBytes === null ? "" : files.freeOnly(format.bytes(place.freeBytes)),
                  place.readOnly ? files.readOnly : "",
                ]
                  .filter((one) => one !== "")
                  .join(" · ")}
              </Text>
            </span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}

/** What one should know of the place before something is written to it. */
export function PlaceNotes({ place, purpose }: { place: Place; purpose: "read" | "write" }): ReactNode {
  const { files } = useLabels();
  const format = useFormat();
  const { freeBytes, totalBytes, largestFile } = place;
  return (
    <div className={classes.notes}>
      {freeBytes !== null && (
        <Text size="xs" c="dimmed">
          {place.fileSystem === "" ? "" : `${place.fileSystem} · `}
          {totalBytes === null
            ? files.freeOnly(format.bytes(freeBytes))
            : files.free(format.bytes(freeBytes), format.bytes(totalBytes))}
        </Text>
      )}
      {purpose === "write" && place.readOnly && <StateBadge tone="failed">{files.readOnlyNotice}</StateBadge>}
      {purpose === "write" && largestFile !== null && (
        <StateBadge tone="attention">{files.largestFile(place.fileSystem, format.bytes(largestFile))}</StateBadge>
      )}
    </div>
  );
}

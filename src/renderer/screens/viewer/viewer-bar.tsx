import { ActionIcon, Button, Group, NativeSelect, Slider, Text } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay, IconZoomIn, IconZoomOut } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import type { AppliedWindow } from "../../parts/picture-store.ts";
import { ZOOM_STEP, type ViewerAction } from "./viewer-keys.ts";
import { presetOf, presetsFor, windowOfPreset } from "./windowing.ts";
import styles from "./viewer.module.css";

const RATES = [2, 5, 10, 15, 25, 40] as const;

/** What stands below the picture: where one is in the stack, the window, zoom, play. Every control also has a key. */
export function ViewerBar({
  position,
  frames,
  place,
  modality,
  chosen,
  applied,
  playing,
  rate,
  zoom,
  onPosition,
  onRate,
  onAction,
}: {
  position: number;
  frames: number;
  /** Where one is, in words. */
  place: string;
  modality: string;
  /** Undefined: the instance's own window. */
  chosen: AppliedWindow | undefined;
  /** Undefined: the picture is in colour. */
  applied: AppliedWindow | undefined;
  playing: boolean;
  rate: number;
  zoom: number;
  onPosition: (position: number) => void;
  onRate: (rate: number) => void;
  onAction: (action: ViewerAction) => void;
}): ReactNode {
  const labels = useLabels().viewer;
  const format = useFormat();
  const presets = presetsFor(modality);
  const preset = presetOf(chosen);
  return (
    <div className={styles.bar}>
      {frames < 2 ? null : (
        <Group gap="sm" wrap="nowrap">
          <ActionIcon
            variant="default"
            aria-label={playing ? labels.pause : labels.play}
            title={playing ? labels.pause : labels.play}
            onClick={() => onAction({ type: "play" })}
          >
            {playing ? <IconPlayerPause size={16} aria-hidden /> : <IconPlayerPlay size={16} aria-hidden />}
          </ActionIcon>
          <NativeSelect
            size="xs"
            aria-label={labels.rate}
            value={String(rate)}
            data={RATES.map((one) => ({ value: String(one), label: labels.perSecond(format.count(one)) }))}
            onChange={(event) => onRate(Number(event.currentTarget.value))}
          />
          <Slider
            className={styles.slider}
            size="sm"
            min={0}
            max={frames - 1}
            value={position}
            label={null}
            thumbLabel={labels.position}
            thumbProps={{ "aria-valuetext": place }}
            onChange={onPosition}
          />
        </Group>
      )}
      <Group gap="sm" justify="space-between">
        <Text size="sm">{place}</Text>
        <Group gap={4}>
          {applied === undefined ? (
            <Text size="sm" c="dimmed">
              {labels.noWindow}
            </Text>
          ) : (
            <>
              <Text size="sm" className={styles.window}>
                {labels.window(format.count(applied.center), format.count(applied.width))}
              </Text>
              {presets.map((one, at) => (
                <Button
                  key={one}
                  size="compact-xs"
                  variant={preset === one ? "filled" : "default"}
                  aria-pressed={preset === one}
                  aria-keyshortcuts={String(at + 1)}
                  title={windowTitle(windowOfPreset(one), labels.window, format.count)}
                  onClick={() => onAction({ type: "preset", preset: one })}
                >
                  {labels.presets[one]}
                </Button>
              ))}
              <Button size="compact-xs" variant="default" onClick={() => onAction({ type: "window", x: 24, y: 0 })}>
                {labels.softer}
              </Button>
              <Button size="compact-xs" variant="default" onClick={() => onAction({ type: "window", x: -24, y: 0 })}>
                {labels.harder}
              </Button>
              <Button size="compact-xs" variant="default" onClick={() => onAction({ type: "window", x: 0, y: 24 })}>
                {labels.brighter}
              </Button>
              <Button size="compact-xs" variant="default" onClick={() => onAction({ type: "window", x: 0, y: -24 })}>
                {labels.darker}
              </Button>
            </>
          )}
        </Group>
        <Group gap={4}>
          <ActionIcon
            variant="default"
            aria-label={labels.zoomOut}
            title={labels.zoomOut}
            onClick={() => onAction({ type: "zoom", by: 1 / ZOOM_STEP })}
          >
            <IconZoomOut size={16} aria-hidden />
          </ActionIcon>
          <Text size="sm" className={styles.zoom}>
            {labels.zoom(format.count(Math.round(zoom * 100)))}
          </Text>
          <ActionIcon
            variant="default"
            aria-label={labels.zoomIn}
            title={labels.zoomIn}
            onClick={() => onAction({ type: "zoom", by: ZOOM_STEP })}
          >
            <IconZoomIn size={16} aria-hidden />
          </ActionIcon>
          <Button size="compact-xs" variant="default" aria-keyshortcuts="R" onClick={() => onAction({ type: "reset" })}>
            {labels.reset}
          </Button>
        </Group>
      </Group>
    </div>
  );
}

function windowTitle(
  window: AppliedWindow | undefined,
  say: (center: string, width: string) => string,
  count: (value: number) => string,
): string | undefined {
  return window === undefined ? undefined : say(count(window.center), count(window.width));
}

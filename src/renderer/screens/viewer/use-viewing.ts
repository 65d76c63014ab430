import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { PictureInput } from "../../../contract/pictures.ts";
import { countFrames, frameAt, type FramePlace, type StackedInstance } from "./frame-list.ts";
import { FITTED, type Placement } from "./stage.tsx";
import { useFrame, type ShownFrame } from "./use-frame.ts";
import type { ViewerAction } from "./viewer-keys.ts";
import { dragWindow, windowOfPreset } from "./windowing.ts";
import type { AppliedWindow } from "../../parts/picture-store.ts";

const AHEAD = 6;
const [FARTHEST, NEAREST] = [0.25, 16];

export interface Viewing {
  position: number;
  frames: number;
  place: FramePlace<StackedInstance> | undefined;
  shown: ShownFrame;
  /** Undefined: the instance's own. */
  window: AppliedWindow | undefined;
  placement: Placement;
  playing: boolean;
  rate: number;
  setPosition: (position: number) => void;
  setRate: (rate: number) => void;
  /** @returns whether there is a window to change */
  beginWindow: () => boolean;
  dragWindow: (x: number, y: number) => void;
  act: (action: ViewerAction) => void;
}

/** The state of a viewer: where it is in the stack, through which window it looks, how large. */
export function useViewing(instances: readonly StackedInstance[], onClose: () => void): Viewing {
  const frames = useMemo(() => countFrames(instances), [instances]);
  const [position, goTo] = useState(0);
  const [window, setWindow] = useState<AppliedWindow>();
  const [placement, setPlacement] = useState(FITTED);
  const [playing, setPlaying] = useState(false);
  const [rate, setRate] = useState(10);
  const way = useRef(1);
  const place = useMemo(() => frameAt(instances, position), [instances, position]);
  const request = requestOf(place, window);
  const shown = useFrame(request, neighboursOf(instances, position, frames, way.current, window));
  const { isCurrent } = shown;
  const clamp = useCallback((to: number) => Math.min(Math.max(0, frames - 1), Math.max(0, to)), [frames]);
  const setPosition = useCallback(
    (to: number) =>
      goTo((before) => {
        if (to !== before) way.current = to > before ? 1 : -1;
        return clamp(to);
      }),
    [clamp],
  );
  useEffect(() => {
    // The next frame waits for this one: a slow source slows the play down, it does not make it skip.
    if (!playing || !isCurrent || frames < 2) return undefined;
    const timer = setTimeout(() => goTo((before) => (before + 1) % frames), 1000 / rate);
    return () => clearTimeout(timer);
  }, [playing, isCurrent, frames, rate, position]);
  const start = useRef<AppliedWindow>(undefined);
  const now = window ?? shown.picture?.window;
  const act = (action: ViewerAction): void => {
    switch (action.type) {
      case "frame":
        setPosition(position + action.by);
        break;
      case "first":
        setPosition(0);
        break;
      case "last":
        setPosition(frames - 1);
        break;
      case "play":
        setPlaying(!playing && frames > 1);
        break;
      case "reset":
        setWindow(undefined);
        setPlacement(FITTED);
        break;
      case "preset":
        setWindow(windowOfPreset(action.preset));
        break;
      case "window":
        if (now !== undefined) setWindow(dragWindow(now, action.x, action.y));
        break;
      case "zoom":
        setPlacement((before) => zoomed(before, action.by));
        break;
      case "pan":
        setPlacement((before) => ({ ...before, x: before.x + action.x, y: before.y + action.y }));
        break;
      default:
        onClose();
    }
  };
  return {
    position,
    frames,
    place,
    shown,
    window,
    placement,
    playing,
    rate,
    setPosition,
    setRate,
    beginWindow: () => {
      start.current = now;
      return now !== undefined;
    },
    dragWindow: (x, y) => {
      if (start.current !== undefined) setWindow(dragWindow(start.current, x, y));
    },
    act,
  };
}

function zoomed(before: Placement, by: number): Placement {
  const zoom = Math.min(NEAREST, Math.max(FARTHEST, before.zoom * by));
  const change = zoom / before.zoom;
  return { zoom, x: before.x * change, y: before.y * change };
}

function requestOf(
  place: FramePlace<StackedInstance> | undefined,
  window: AppliedWindow | undefined,
): PictureInput | undefined {
  return place === undefined ? undefined : { instance: place.instance.instance, frame: place.frame, ...window };
}

/** First those on the way one is going, then one back. */
function neighboursOf(
  instances: readonly StackedInstance[],
  position: number,
  frames: number,
  way: number,
  window: AppliedWindow | undefined,
): PictureInput[] {
  const ahead = Array.from({ length: AHEAD }, (_, step) => position + way * (step + 1));
  return [...ahead, position - way]
    .filter((at) => at >= 0 && at < frames)
    .flatMap((at) => requestOf(frameAt(instances, at), window) ?? []);
}

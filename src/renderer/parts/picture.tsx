import { useEffect, useState, type ReactNode } from "react";
import { SatchelError } from "../../contract/errors.ts";
import type { PictureInput } from "../../contract/pictures.ts";
import { useLabels } from "../labels/labels.tsx";
import { holdPicture, loadPicture, pictureAtHand } from "./picture-store.ts";
import styles from "./picture.module.css";

/** A row that stays so long is looked at. */
const REST_MS = 200;

/**
 * One frame of one instance, square, as large as `edge` CSS pixels. It is fetched when it comes into view. Where it cannot be shown a word
 * stands in its place, with the reason as its title.
 *
 * @param instance the catalog's number of the instance; null where there is none, which is drawn as a word too
 * @param alt what the picture is of; empty where the words beside it say so already
 */
export function Picture({
  instance,
  frame = 0,
  edge,
  alt,
  patient = false,
}: {
  instance: number | null;
  frame?: number;
  edge: number;
  alt: string;
  /** In a list that scrolls: rows that only pass by ask for nothing. */
  patient?: boolean;
}): ReactNode {
  const labels = useLabels().viewer;
  const [shown, setShown] = useState<{ url: string } | { error: string } | undefined>(undefined);
  const size = Math.max(16, Math.ceil(edge * Math.min(globalThis.devicePixelRatio, 2)));
  useEffect(() => {
    if (instance === null) return undefined;
    const begin = (): (() => void) => showPicture({ instance, frame, size }, setShown, labels.noPicture);
    if (!patient || pictureAtHand({ instance, frame, size }) !== undefined) return begin();
    let end = (): void => undefined;
    const timer = setTimeout(() => (end = begin()), REST_MS);
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [instance, frame, size, patient, labels]);
  const box = { width: edge, height: edge };
  if (instance === null || (shown !== undefined && "error" in shown)) {
    const reason = shown !== undefined && "error" in shown ? shown.error : labels.noPictureReason;
    return (
      <span className={styles.missing} style={box} title={reason}>
        {edge >= 56 ? labels.noPicture : "–"}
        <span className={styles.spoken}>{edge >= 56 ? reason : labels.noPicture}</span>
      </span>
    );
  }
  return (
    <span className={styles.box} style={box}>
      {shown === undefined ? null : <img src={shown.url} alt={alt} draggable={false} />}
    </span>
  );
}

/** @returns what stops the request and lets the picture go */
function showPicture(
  request: PictureInput,
  show: (shown: { url: string } | { error: string } | undefined) => void,
  otherwise: string,
): () => void {
  const stop = new AbortController();
  let letGo = (): void => undefined;
  const hold = (url: string): void => {
    letGo = holdPicture(request);
    show({ url });
  };
  const atHand = pictureAtHand(request);
  if (atHand !== undefined) hold(atHand.url);
  else {
    show(undefined);
    void (async () => {
      try {
        const { url } = await loadPicture(request, stop.signal);
        if (!stop.signal.aborted) hold(url);
      } catch (thrown) {
        if (!stop.signal.aborted) show({ error: thrown instanceof SatchelError ? thrown.message : otherwise });
      }
    })();
  }
  return () => {
    stop.abort();
    letGo();
  };
}

import { Loader } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useEffect, useState, type ReactNode } from "react";
import { useLabels } from "../labels/labels.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import classes from "./frame.module.css";

/** Before this the start is quick enough to need no word. */
const QUICK_MS = 400;

/** While there is nothing to talk to: starting, or a window whose address is good no more. */
export function NoConnection({ refused }: { refused: boolean }): ReactNode {
  const { frame } = useLabels();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), QUICK_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    document.title = frame.product;
  }, [frame]);
  if (refused)
    return (
      <main className={classes.alone}>
        <EmptyState icon={<IconPlugConnectedX size={40} />} title={frame.refusedTitle} text={frame.refusedText} />
      </main>
    );
  return (
    <main className={classes.alone} aria-busy="true">
      {slow && <EmptyState icon={<Loader size="md" />} title={frame.starting} text={frame.startingLong} />}
    </main>
  );
}

import {
  IconAlertTriangleFilled,
  IconCircle,
  IconCircleCheckFilled,
  IconLoader2,
  IconPlayerPauseFilled,
  IconXboxXFilled,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./state-badge.module.css";

/**
 * `verified` only for what was verified, never for what is merely finished; `attention` for what is held back or waits for a decision;
 * `failed` for what failed or leaks.
 */
export type Tone = "verified" | "attention" | "failed" | "running" | "paused" | "neutral";

const SHAPES: Record<Tone, ReactNode> = {
  verified: <IconCircleCheckFilled size={14} />,
  attention: <IconAlertTriangleFilled size={14} />,
  failed: <IconXboxXFilled size={14} />,
  running: <IconLoader2 size={14} className={classes.turning} />,
  paused: <IconPlayerPauseFilled size={14} />,
  neutral: <IconCircle size={14} />,
};

/** A state as colour, shape and word together: none of them carries it alone. */
export function StateBadge({ tone, children }: { tone: Tone; children: ReactNode }): ReactNode {
  return (
    <span className={classes.badge} data-tone={tone}>
      <span aria-hidden className={classes.shape}>
        {SHAPES[tone]}
      </span>
      {children}
    </span>
  );
}

import { Tooltip } from "@mantine/core";
import {
  IconDatabase,
  IconFileExport,
  IconHelp,
  IconPackage,
  IconSettings,
  IconShieldCheck,
  IconTable,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useLabels } from "../labels/labels.tsx";
import { goTo, type Screen } from "../route.ts";
import classes from "./rail.module.css";

const ICONS: Record<Screen, ReactNode> = {
  browse: <IconTable size={20} stroke={1.5} />,
  exports: <IconFileExport size={20} stroke={1.5} />,
  packages: <IconPackage size={20} stroke={1.5} />,
  sources: <IconDatabase size={20} stroke={1.5} />,
  audit: <IconShieldCheck size={20} stroke={1.5} />,
  settings: <IconSettings size={20} stroke={1.5} />,
  help: <IconHelp size={20} stroke={1.5} />,
};

/** The way from screen to screen. Settings and Help stand apart at the end. */
export function Rail({ screens, current }: { screens: readonly Screen[]; current: Screen }): ReactNode {
  const { frame } = useLabels();
  return (
    <nav aria-label={frame.screens} className={classes.rail}>
      <ul className={classes.list}>
        {screens.map((screen, index) => (
          <li key={screen} data-apart={screen === "settings" || undefined}>
            <Tooltip label={`${frame[screen]} · Alt+${index + 1}`} position="right" openDelay={600}>
              <a
                href={`#/${screen}`}
                className={classes.entry}
                aria-current={screen === current ? "page" : undefined}
                aria-keyshortcuts={`Alt+${index + 1}`}
                onClick={(event) => {
                  event.preventDefault();
                  goTo(screen);
                }}
              >
                <span aria-hidden className={classes.icon}>
                  {ICONS[screen]}
                </span>
                <span className={classes.word} data-word={frame[screen]}>
                  {frame[screen]}
                </span>
              </a>
            </Tooltip>
          </li>
        ))}
      </ul>
    </nav>
  );
}

import { Group, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../labels/labels.tsx";
import { usePageTitle } from "./page-title.ts";
import { SidePanel } from "./side-panel.tsx";
import classes from "./page.module.css";

interface PageProps {
  /** Also the title of the window. */
  title: string;
  /** Filter chips and the like, beside the title. */
  chips?: ReactNode;
  /** Buttons at the end of the title row; the primary one last. */
  actions?: ReactNode;
  /** The side panel. It is open exactly while there is something in it. */
  aside?: ReactNode;
  /** Name of the side panel for screen readers. */
  asideLabel?: string;
  /** With it the panel has a close button, and Escape closes it. */
  onAsideClose?: (() => void) | undefined;
  /** "page": the content scrolls as a whole; "own": it fills the page and a part of it (a virtual table) scrolls by itself. */
  scroll?: "page" | "own";
  children: ReactNode;
}

/** The layout of every screen: a title row, content that scrolls by itself, and a side panel that opens and closes. */
export function Page(props: PageProps): ReactNode {
  const { title, chips, actions, aside, asideLabel, onAsideClose, scroll = "page", children } = props;
  const { parts } = useLabels();
  usePageTitle(title);
  return (
    <div className={classes.page}>
      <div className={classes.column}>
        <div className={classes.head}>
          <Title order={1} className={classes.title} tabIndex={-1} id="page-title">
            {title}
          </Title>
          <Group gap="xs" className={classes.chips}>
            {chips}
          </Group>
          <Group gap="xs">{actions}</Group>
        </div>
        <div className={scroll === "page" ? classes.scrolling : classes.filling}>{children}</div>
      </div>
      {aside !== undefined && aside !== null && aside !== false && (
        <SidePanel label={asideLabel ?? parts.sidePanel} onClose={onAsideClose}>
          {aside}
        </SidePanel>
      )}
    </div>
  );
}

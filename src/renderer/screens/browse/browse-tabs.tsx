import { Tabs } from "@mantine/core";
import { useEffect, type ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import { goTo } from "../../route.ts";
import styles from "./browse.module.css";

/** The lists of images, records and resources are different pages: a keyboard that stood on the tabs of one goes on on those of another. */
let isKeyboardOnTabs = false;

type BrowseTab = "patients" | "studies" | "records" | "resources";

/** The page that a tab is on. */
function pageOf(tab: string | null): string {
  return tab === "records" || tab === "resources" ? tab : "images";
}

/** The tabs of Browse, those of images with how many their filter leaves. */
export function BrowseTabs({
  value,
  patients,
  studies,
  end,
  children,
}: {
  value: BrowseTab;
  /** How many; undefined until it is known. */
  patients: number | undefined;
  studies: number | undefined;
  /** At the end of the row of tabs. */
  end: ReactNode;
  children: ReactNode;
}): ReactNode {
  const { browse: labels, browseRecords, browseResources } = useLabels();
  const format = useFormat();
  useEffect(() => {
    if (isKeyboardOnTabs) document.querySelector<HTMLElement>("[role=tab][aria-selected=true]")?.focus();
    isKeyboardOnTabs = false;
  }, []);
  const countOf = (total: number | undefined): string => (total === undefined ? "…" : format.count(total));
  return (
    <Tabs
      value={value}
      onChange={(next) => {
        isKeyboardOnTabs = pageOf(next) !== pageOf(value);
        goTo("browse", next === "records" ? "notes" : (next ?? "patients"));
      }}
      keepMounted={false}
      display="contents"
      activateTabWithKeyboard
    >
      <div className={styles.tabs}>
        <Tabs.List className={styles.tabList}>
          <Tabs.Tab value="patients">{labels.tabs.counted(labels.tabs.patients, countOf(patients))}</Tabs.Tab>
          <Tabs.Tab value="studies">{labels.tabs.counted(labels.tabs.studies, countOf(studies))}</Tabs.Tab>
          <Tabs.Tab value="records">{browseRecords.tab}</Tabs.Tab>
          <Tabs.Tab value="resources">{browseResources.tab}</Tabs.Tab>
        </Tabs.List>
        {end}
      </div>
      <Tabs.Panel value={value} className={styles.panel}>
        {children}
      </Tabs.Panel>
    </Tabs>
  );
}

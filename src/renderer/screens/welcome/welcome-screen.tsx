import { Button, Text, Title } from "@mantine/core";
import { IconBuildingHospital, IconDatabase, IconFolder, IconServer } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { Page } from "../../parts/page.tsx";
import { goTo } from "../../route.ts";
import classes from "./welcome.module.css";

/** The first start, with four ways on and nothing else. */
export function WelcomeScreen(): ReactNode {
  const { welcome } = useLabels();
  const addDemo = useCall("sources.addDemo");
  return (
    <Page title={welcome.title}>
      <div className={classes.welcome}>
        <Title order={2} className={classes.heading}>
          {welcome.heading}
        </Title>
        <Text c="dimmed">{welcome.lead}</Text>
        <ul className={classes.ways}>
          <Way icon={<IconBuildingHospital size={28} stroke={1.5} />} title={welcome.demoTitle} text={welcome.demoText}>
            <Button disabled={addDemo.isPending} aria-busy={addDemo.isPending} onClick={() => addDemo.mutate({})}>
              {addDemo.isPending ? welcome.demoWorking : welcome.demoAction}
            </Button>
          </Way>
          <Way icon={<IconFolder size={28} stroke={1.5} />} title={welcome.folderTitle} text={welcome.folderText}>
            <Button variant="default" onClick={() => goTo("sources", "add-folder")}>
              {welcome.folderAction}
            </Button>
          </Way>
          <Way icon={<IconServer size={28} stroke={1.5} />} title={welcome.serverTitle} text={welcome.serverText}>
            <Button variant="default" onClick={() => goTo("sources", "add-orthanc")}>
              {welcome.serverAction}
            </Button>
          </Way>
          <Way icon={<IconDatabase size={28} stroke={1.5} />} title={welcome.databaseTitle} text={welcome.databaseText}>
            <Button variant="default" onClick={() => goTo("sources", "add-postgres")}>
              {welcome.databaseAction}
            </Button>
          </Way>
        </ul>
        {addDemo.error !== null && <ErrorNotice error={addDemo.error} onDismiss={() => addDemo.reset()} />}
      </div>
    </Page>
  );
}

function Way(props: { icon: ReactNode; title: string; text: string; children: ReactNode }): ReactNode {
  return (
    <li className={classes.way}>
      <span aria-hidden className={classes.icon}>
        {props.icon}
      </span>
      <div className={classes.words}>
        <Title order={3}>{props.title}</Title>
        <Text size="sm" c="dimmed">
          {props.text}
        </Text>
      </div>
      {props.children}
    </li>
  );
}

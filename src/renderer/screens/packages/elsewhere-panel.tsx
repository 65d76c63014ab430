import { Button, Checkbox, Group, Text } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { FileField, FolderField } from "../../parts/folder-field.tsx";
import { goTo } from "../../route.ts";
import classes from "./packages.module.css";
import { PanelTitle } from "./panel-title.tsx";
import { useVerify } from "./use-verify.ts";
import { Verification } from "./verification.tsx";

/** Verifies any package by its path: one that another workspace, or another hospital, has made. */
export function ElsewherePanel(): ReactNode {
  const labels = useLabels().packages.other;
  const [path, setPath] = useState("");
  const [isFolder, setIsFolder] = useState(false);
  const verify = useVerify(path);
  const change = (next: string): void => {
    verify.cancel();
    setPath(next);
  };
  return (
    <div className={classes.panel}>
      <PanelTitle>{labels.title}</PanelTitle>
      <Text size="sm">{labels.text}</Text>
      <Checkbox
        label={labels.isFolder}
        checked={isFolder}
        disabled={verify.running}
        onChange={(event) => {
          setIsFolder(event.currentTarget.checked);
          change("");
        }}
      />
      {isFolder ? (
        <FolderField label={labels.folder} value={path} onChange={change} purpose="read" disabled={verify.running} />
      ) : (
        <FileField
          label={labels.file}
          value={path}
          onChange={change}
          purpose="open"
          extensions={["zip", "json"]}
          disabled={verify.running}
        />
      )}
      <Group gap="xs">
        <Button disabled={path === "" || verify.running} onClick={verify.begin}>
          {labels.verify}
        </Button>
        <Button variant="default" disabled={path === "" || verify.running} onClick={() => goTo("packages", path)}>
          {labels.receipt}
        </Button>
      </Group>
      <Verification key={path} name={nameOf(path)} verify={verify} />
    </div>
  );
}

function nameOf(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== "") ?? path;
}

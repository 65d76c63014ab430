import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import classes from "./packages.module.css";
import type { VerifyEvent } from "./use-verify.ts";

/** More would not be read; the rest is counted. */
const SHOWN = 100;

/** What is wrong with a package, file by file. */
export function Findings({ findings }: { findings: Extract<VerifyEvent, { type: "result" }>["findings"] }): ReactNode {
  const { engine, packages } = useLabels();
  const labels = packages.findings;
  const format = useFormat();
  if (findings.length === 0) return null;
  return (
    <>
      <table className={classes.findings}>
        <caption>
          <Text size="sm" ta="start" fw={500}>
            {labels.title}
          </Text>
        </caption>
        <thead>
          <tr>
            <th scope="col">{labels.path}</th>
            <th scope="col">{labels.text}</th>
          </tr>
        </thead>
        <tbody>
          {findings.slice(0, SHOWN).map(({ code, path, text }, index) => (
            <tr key={`${index} ${path}`}>
              <td>
                <bdi dir="auto">{path}</bdi>
              </td>
              <td>
                {engine.findings[code]}
                <span className={classes.detail}>{text}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {findings.length > SHOWN && <Text size="sm">{labels.more(format.count(findings.length - SHOWN))}</Text>}
    </>
  );
}

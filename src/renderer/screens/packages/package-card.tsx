import { Button, Group, Text } from "@mantine/core";
import {
  IconDeviceUsb,
  IconFileText,
  IconFolderOpen,
  IconGripVertical,
  IconShieldCheck,
  IconTable,
  IconX,
} from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import type { PackageEntry } from "../../../contract/calls/packages.ts";
import { useAnswer, useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { Confirm } from "../../parts/confirm.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { useFormat } from "../../parts/format.ts";
import { Picture } from "../../parts/picture.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { goTo } from "../../route.ts";
import { PackageCopies } from "./package-copies.tsx";
import { PackageReasons } from "./package-reasons.tsx";
import classes from "./packages.module.css";
import { useVerify } from "./use-verify.ts";
import { checkVerdict, contentVerdicts } from "./verdict.ts";
import { VerdictBadges } from "./verdict-badges.tsx";
import { Verification } from "./verification.tsx";

const EDGE = 72;
const ICON = 14;

/** One package: what it is, where, its verdict, and what can be done with it. */
export function PackageCard(props: {
  entry: PackageEntry;
  /** A copy is under way: another has to wait. */
  copying: boolean;
  onCopy: () => void;
}): ReactNode {
  const { entry, copying, onCopy } = props;
  const words = useLabels();
  const labels = words.packages;
  const format = useFormat();
  const verify = useVerify(entry.path);
  const { name, bytes, files, policy, path, present } = entry;
  const isTable = entry.rows !== null;
  const resources = entry.resources ?? null;
  const policies = isTable ? words.tables.policies : labels.policies;
  const policyWords = sayIdentity(policy, policies, words.datasets.policies);
  // What was found just now is said in full below, once.
  const isFresh = verify.latest?.type === "result";
  const verdicts = [
    ...(isFresh ? [] : [checkVerdict(entry.check, labels, format)]),
    ...contentVerdicts(entry, words, format),
  ];
  return (
    <li className={classes.package}>
      {isTable || resources !== null ? (
        <span className={classes.table} aria-hidden>
          <IconTable size={EDGE / 2} stroke={1} />
        </span>
      ) : (
        <Picture instance={entry.picture} edge={EDGE} alt="" />
      )}
      <div className={classes.words}>
        <div className={classes.row}>
          <Text fw={600} className={classes.spread}>
            <bdi dir="auto">{name}</bdi>
          </Text>
          <Text size="sm" c="dimmed">
            {[
              format.bytes(bytes),
              ...(entry.rows === null
                ? []
                : [words.records.rows(entry.rows.written, format.count(entry.rows.written))]),
              ...(resources === null
                ? []
                : [words.datasets.exported(resources.exported, format.count(resources.exported))]),
              labels.files(files, format.count(files)),
              labels.formats[entry.format],
              policyWords,
              labels.made(format.moment(entry.createdAt)),
            ].join(" · ")}
          </Text>
        </div>
        <Verification name={name} verify={verify} />
        <VerdictBadges verdicts={verdicts} />
        <div className={classes.row}>
          <span className={classes.path}>
            <bdi dir="ltr">{path}</bdi>
          </span>
          {!present && <StateBadge tone="attention">{labels.verdict.gone}</StateBadge>}
        </div>
        <PackageReasons reasons={entry.reasons} />
        <PackageCopies copies={entry.copies} />
        <Actions entry={entry} busy={verify.running} copying={copying} onVerify={verify.begin} onCopy={onCopy} />
      </div>
    </li>
  );
}

function sayIdentity(
  policy: string,
  own: Readonly<Record<"identified" | "pseudonymised", string>>,
  others: Readonly<Record<string, string>>,
): string {
  return policy === "identified" || policy === "pseudonymised" ? own[policy] : (others[policy] ?? policy);
}

function Actions(props: {
  entry: PackageEntry;
  busy: boolean;
  copying: boolean;
  onVerify: () => void;
  onCopy: () => void;
}): ReactNode {
  const { entry, busy, copying, onVerify, onCopy } = props;
  const { path, name, present } = entry;
  const labels = useLabels().packages;
  const can = useAnswer("shell.describe", {}).data?.capabilities;
  const reveal = useCall("shell.reveal");
  const dragOut = useCall("shell.dragOut");
  const forget = useCall("packages.forget");
  const [asked, setAsked] = useState(false);
  const problem = [reveal, dragOut, forget].find(({ error }) => error !== null);
  const button = (label: string, icon: ReactNode, onClick: () => void, disabled = false): ReactNode => (
    <Button size="compact-sm" variant="default" leftSection={icon} disabled={disabled} onClick={onClick}>
      {label}
    </Button>
  );
  return (
    <>
      <Group gap="xs" role="group" aria-label={name}>
        {can?.dragOut === true && present && (
          // Dragging is for the mouse; the same is done by "Copy to USB" and "Show in folder" from the keyboard.
          <span
            className={classes.handle}
            draggable
            title={labels.dragLabel(name)}
            onDragStart={(event) => {
              event.preventDefault();
              dragOut.mutate({ path });
            }}
          >
            <IconGripVertical size={ICON} aria-hidden />
            {labels.drag}
          </span>
        )}
        {button(labels.copy, <IconDeviceUsb size={ICON} />, onCopy, copying || !present || entry.check?.ok === false)}
        {button(labels.verify, <IconShieldCheck size={ICON} />, onVerify, busy || !present)}
        {can?.reveal === true &&
          button(labels.show, <IconFolderOpen size={ICON} />, () => reveal.mutate({ path }), !present)}
        {/* A table alone has none. */}
        {entry.format !== "file" &&
          button(labels.receipt, <IconFileText size={ICON} />, () => goTo("packages", path), !present)}
        {button(labels.forget, <IconX size={ICON} />, () => setAsked(true))}
      </Group>
      {problem?.error && <ErrorNotice error={problem.error} onDismiss={() => problem.reset()} />}
      <Confirm
        opened={asked}
        title={labels.forgetTitle(name)}
        confirmLabel={labels.forget}
        busy={forget.isPending}
        onCancel={() => setAsked(false)}
        onConfirm={() => forget.mutate({ path }, { onSettled: () => setAsked(false) })}
      >
        {labels.forgetText}
      </Confirm>
    </>
  );
}

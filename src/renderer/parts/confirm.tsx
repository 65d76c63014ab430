import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../labels/labels.tsx";

/** Stops before something that cannot be undone, and for nothing else. The safe answer has the focus. */
export function Confirm(props: {
  opened: boolean;
  title: string;
  /** What is lost, and what stays. */
  children: ReactNode;
  confirmLabel: string;
  /** The safe answer, where "Cancel" could be taken for the other one. */
  keepLabel?: string;
  /** Where "Cancel" beside the other button would be misread. */
  cancelLabel?: string;
  busy?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}): ReactNode {
  const { parts } = useLabels();
  return (
    <Modal
      opened={props.opened}
      onClose={props.onCancel}
      title={props.title}
      centered
      // The page scrolls inside; locking the body would need a style that the CSP refuses.
      lockScroll={false}
      closeButtonProps={{ "aria-label": parts.close }}
    >
      <Stack gap="md">
        <Text component="div">{props.children}</Text>
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={props.onCancel}>
            {props.cancelLabel ?? parts.cancel}
          </Button>
          <Button color="red" loading={props.busy ?? false} onClick={props.onConfirm}>
            {props.confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

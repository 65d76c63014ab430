import { Button, Collapse, Text } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useId, useState, type ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import classes from "./exports.module.css";

/** Every setting of an export, behind a button: most people need none of them. */
export function Adjusting({
  name,
  explain,
  children,
}: {
  /** What the button says where it is not "Adjust". */
  name?: string;
  explain: string;
  children: ReactNode;
}): ReactNode {
  const labels = useLabels().exporting.adjust;
  const [adjusting, setAdjusting] = useState(false);
  const settings = useId();
  return (
    <>
      <div>
        <Button
          variant="subtle"
          size="compact-md"
          aria-expanded={adjusting}
          aria-controls={settings}
          leftSection={adjusting ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
          onClick={() => setAdjusting(!adjusting)}
        >
          {name ?? labels.open}
        </Button>
        <Text span size="sm" c="dimmed" ml="xs">
          {explain}
        </Text>
      </div>
      <Collapse expanded={adjusting} id={settings}>
        {adjusting && <div className={classes.adjust}>{children}</div>}
      </Collapse>
    </>
  );
}

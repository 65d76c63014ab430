import { Anchor, Button, List, Text } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useEffect, type ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { Page } from "../../parts/page.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { useRoute } from "../../route.ts";
import { About } from "./about.tsx";
import { ErrorHelp } from "./error-help.tsx";
import { HelpSection } from "./help-section.tsx";
import { KeyboardHelp } from "./keyboard-help.tsx";
import { PolicyHelp } from "./policy-help.tsx";
import classes from "./help.module.css";

const SECTIONS = ["start", "promises", "colours", "policy", "errors", "keys", "about"] as const;

/** Everything one may want to read, without a network: one page, so that it can be printed and searched with the browser's own search. */
export function HelpScreen(): ReactNode {
  const { help } = useLabels();
  const { detail } = useRoute();
  useEffect(() => {
    if (detail !== "") document.getElementById("help-errors")?.scrollIntoView();
  }, [detail]);
  return (
    <Page
      title={help.title}
      actions={
        <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => globalThis.print()}>
          {help.print}
        </Button>
      }
    >
      <div className={classes.help}>
        <nav aria-label={help.contents} className={classes.contents}>
          {SECTIONS.map((section) => (
            <Anchor
              key={section}
              href={`#help-${section}`}
              size="sm"
              onClick={(event) => {
                event.preventDefault();
                const target = document.getElementById(`help-${section}`);
                target?.scrollIntoView();
                target?.focus();
              }}
            >
              {help[section].title}
            </Anchor>
          ))}
        </nav>
        <div className={classes.text}>
          <HelpSection id="start" title={help.start.title}>
            <List type="ordered" spacing={4}>
              {help.start.steps.map((step) => (
                <List.Item key={step}>{step}</List.Item>
              ))}
            </List>
          </HelpSection>
          <HelpSection id="promises" title={help.promises.title}>
            <List spacing={4}>
              {help.promises.items.map((item) => (
                <List.Item key={item}>{item}</List.Item>
              ))}
            </List>
          </HelpSection>
          <HelpSection id="colours" title={help.colours.title}>
            <div className={classes.badges}>
              <StateBadge tone="verified">{help.colours.verified}</StateBadge>
              <StateBadge tone="attention">{help.colours.attention}</StateBadge>
              <StateBadge tone="failed">{help.colours.failed}</StateBadge>
              <StateBadge tone="running">{help.colours.running}</StateBadge>
            </div>
          </HelpSection>
          <HelpSection id="policy" title={help.policy.title}>
            <Text>{help.policy.lead}</Text>
            <PolicyHelp />
          </HelpSection>
          <HelpSection id="errors" title={help.errors.title}>
            <Text>{help.errors.lead}</Text>
            <ErrorHelp key={detail} />
          </HelpSection>
          <HelpSection id="keys" title={help.keys.title}>
            <KeyboardHelp />
          </HelpSection>
          <HelpSection id="about" title={help.about.title}>
            <About />
          </HelpSection>
        </div>
      </div>
    </Page>
  );
}

import { Title } from "@mantine/core";
import { useEffect, useRef, type ReactNode } from "react";

/** Heading of a side panel that a button opened: takes the focus, so that the keyboard goes on inside, and gives it back at the end. */
export function PanelTitle({ children }: { children: ReactNode }): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    heading.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <Title ref={heading} order={2} size="h5" pr={32} tabIndex={-1} style={{ outline: "none" }}>
      {children}
    </Title>
  );
}

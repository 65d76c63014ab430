import { Button } from "@mantine/core";
import { IconMoodConfuzed } from "@tabler/icons-react";
import { Component, type ReactNode } from "react";
import { useLabels } from "../labels/labels.tsx";
import { EmptyState } from "../parts/empty-state.tsx";

/** A screen that fails takes nothing else with it. React has no other way than a class for this. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <Broken onAgain={() => this.setState({ failed: false })} /> : this.props.children;
  }
}

function Broken({ onAgain }: { onAgain: () => void }): ReactNode {
  const { frame } = useLabels();
  return (
    <div role="alert">
      <EmptyState icon={<IconMoodConfuzed size={40} />} title={frame.brokenTitle} text={frame.brokenText}>
        <Button onClick={onAgain}>{frame.tryAgain}</Button>
      </EmptyState>
    </div>
  );
}

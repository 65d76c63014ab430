import { useEffect, useState, type ReactNode } from "react";
import { useLabels } from "../labels/labels.tsx";
import { DROPPED, goTo } from "../route.ts";
import classes from "./frame.module.css";

/**
 * A folder that is dropped on the window becomes a source. A browser does not tell the page where it is, so it is asked for once more;
 * without this, the browser would leave the page for the file.
 */
export function DropFolder(): ReactNode {
  const { welcome } = useLabels();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") === true;
    const hover = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(false);
      const dropped = event.dataTransfer?.files[0];
      const path = dropped === undefined ? "" : (window.satchel?.pathOf(dropped) ?? "");
      goTo("sources", `${DROPPED}${path}`);
    };
    globalThis.addEventListener("dragover", hover);
    globalThis.addEventListener("dragleave", leave);
    globalThis.addEventListener("drop", drop);
    return () => {
      globalThis.removeEventListener("dragover", hover);
      globalThis.removeEventListener("dragleave", leave);
      globalThis.removeEventListener("drop", drop);
    };
  }, []);
  return over ? <div className={classes.drop}>{welcome.dropHere}</div> : null;
}

/** Where the user is in the list of resources. It lives as long as the window, in memory alone, as Browse's own state does. */
import { useSyncExternalStore } from "react";
import type { ResourcesFilter } from "../../../../contract/fhir.ts";

interface ResourcesState {
  filter: ResourcesFilter;
  /** The catalog's number of the resource in the side panel. */
  row: number | undefined;
  /** How far the list was scrolled, in CSS pixels. */
  offset: number;
}

let current: ResourcesState = { filter: {}, row: undefined, offset: 0 };
const watchers = new Set<() => void>();

export function getResourcesState(): ResourcesState {
  return current;
}

export function changeResources(change: Partial<ResourcesState>): void {
  current = { ...current, ...change };
  for (const watcher of watchers) watcher();
}

/** Nothing on the screen depends on it, so nobody is told. */
export function rememberResourcesOffset(offset: number): void {
  current.offset = offset;
}

/** Sets parts of the filter; an empty part is left out: a list of nothing would find nothing. */
export function changeResourcesFilter(change: {
  [Part in keyof ResourcesFilter]?: ResourcesFilter[Part] | undefined;
}): void {
  const parts = Object.entries({ ...current.filter, ...change }).filter(
    ([, value]) => value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0),
  );
  changeResources({ filter: Object.fromEntries(parts), offset: 0 });
}

export function clearResourcesFilter(): void {
  changeResources({ filter: {}, offset: 0 });
}

/** How many chips are set: two days are one. */
export function countResourceChips(filter: ResourcesFilter): number {
  return new Set(Object.keys(filter).map((part) => (part === "to" ? "from" : part))).size;
}

export function useResourcesState(): ResourcesState {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => current,
  );
}

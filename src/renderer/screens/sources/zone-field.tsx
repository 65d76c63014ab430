import { Select } from "@mantine/core";
import { useMemo, type ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";

/** More than this at once is no list that anybody reads: typing narrows it. */
const MOST_SHOWN = 50;

/** The hospital's time zone, out of all that there are. Cleared, it is the mapping's. */
export function ZoneField({
  value,
  otherwise,
  ofComputer,
  onChange,
}: {
  value: string;
  /** What holds where none is chosen; "" where that is not known yet. */
  otherwise: string;
  /** It is this computer's, and nothing says that it is the hospital's. */
  ofComputer: boolean;
  onChange: (zone: string) => void;
}): ReactNode {
  const { recordSources: labels } = useLabels();
  const zones = useMemo(() => {
    const known = ["UTC", ...Intl.supportedValuesOf("timeZone")];
    return [...new Set(value === "" ? known : [value, ...known])];
  }, [value]);
  return (
    <Select
      label={labels.zone}
      description={labels.zoneHelp}
      placeholder={
        otherwise === "" ? "" : ofComputer ? labels.zoneOfComputer(otherwise) : labels.zoneOfMapping(otherwise)
      }
      data={zones}
      limit={MOST_SHOWN}
      searchable
      clearable
      nothingFoundMessage={labels.noZone}
      clearButtonProps={{ "aria-label": labels.clearZone }}
      value={value === "" ? null : value}
      onChange={(zone) => onChange(zone ?? "")}
    />
  );
}

import { MultiSelect, TagsInput, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import type { ResourcesFilter } from "../../../../contract/fhir.ts";
import { useAnswer } from "../../../client/query.ts";
import { useLabels } from "../../../labels/labels.tsx";
import classes from "./resources.module.css";
import type { ResourcesKind } from "./resources-draft.ts";

type ListName = "types" | "sources" | "studies" | "patients" | "codes";

/** Everything by which resources are chosen. What is left empty asks for nothing. */
export function ResourcesFilterFields(props: {
  kind: ResourcesKind;
  filter: ResourcesFilter;
  /** What the catalog holds. */
  types: readonly { type: string; source: string }[];
  onChange: (filter: ResourcesFilter) => void;
}): ReactNode {
  const { kind, filter, types, onChange } = props;
  const words = useLabels().resourceExports;
  const labels = words.what;
  const studies = useAnswer("resources.studies", {}).data ?? [];
  const codes = useAnswer("resources.codes", {
    limit: 500,
    ...(kind === "observations" ? { type: "Observation" } : {}),
  }).data;
  const set = (name: ListName, values: string[]): void => {
    const { [name]: _before, ...rest } = filter;
    onChange(values.length === 0 ? rest : { ...rest, [name]: values });
  };
  const setDay = (name: "from" | "to", day: string): void => {
    const { [name]: _before, ...rest } = filter;
    onChange(day === "" ? rest : { ...rest, [name]: day });
  };
  const many = (
    name: "types" | "sources" | "studies" | "codes",
    label: string,
    data: { value: string; label: string }[],
    description?: string,
  ): ReactNode => {
    const chosen = filter[name] ?? [];
    const known = new Set(data.map(({ value }) => value));
    // A recipe may name what is not there any more: it is shown, and can be taken out.
    const all = [...data, ...chosen.filter((one) => !known.has(one)).map((one) => ({ value: one, label: one }))];
    return (
      <MultiSelect
        label={label}
        description={description}
        placeholder={chosen.length === 0 ? labels.all : ""}
        data={all}
        value={chosen}
        onChange={(values) => set(name, values)}
        searchable
        clearable
        limit={100}
      />
    );
  };
  const plain = (values: Iterable<string>): { value: string; label: string }[] =>
    [...new Set(values)].toSorted().map((value) => ({ value, label: value }));
  const named = new Map(
    (codes ?? []).map(({ code, text }) => [code, text === "" || text === code ? code : `${text} (${code})`]),
  );
  return (
    <div className={classes.fields}>
      {many("types", labels.types, plain(types.map(({ type }) => type)))}
      {many(
        "codes",
        kind === "observations" ? words.observations.types : labels.codes,
        [...named].map(([value, label]) => ({ value, label })),
      )}
      {many("sources", labels.sources, plain(types.map(({ source }) => source)))}
      {studies.length > 0 &&
        many(
          "studies",
          labels.studies,
          [...new Map(studies.map(({ id, name }) => [id, name === "" ? id : `${name} (${id})`]))].map(
            ([value, label]) => ({ value, label }),
          ),
        )}
      <TagsInput
        label={labels.patients}
        description={labels.patientsHint}
        placeholder={filter.patients === undefined ? labels.all : ""}
        value={filter.patients ?? []}
        onChange={(values) => set("patients", values)}
      />
      <div className={classes.days}>
        <TextInput
          type="date"
          label={labels.from}
          value={filter.from ?? ""}
          onChange={(event) => setDay("from", event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={labels.to}
          value={filter.to ?? ""}
          onChange={(event) => setDay("to", event.currentTarget.value)}
        />
      </div>
    </div>
  );
}

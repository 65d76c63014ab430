import { DIMENSIONS, type Dimension } from "./units.ts";

/** One thing that a document measures. */
export interface Measure {
  /** Its name in the body, and in the tidy table: "systolic_blood_pressure". */
  name: string;
  /** In the guide's words: "Systolic". */
  title: string;
  dimension: Dimension;
}

/** A word of a document that says more of the measure: one of an enumeration, or a truth or count. */
export interface Attribute {
  name: string;
  title: string;
  type: "string" | "integer" | "number" | "boolean";
}

/** A type of Open mHealth document, whatever its version. */
export interface MeasuredType {
  /** "omh:blood-glucose" */
  type: string;
  /** Of the file. */
  name: string;
  title: string;
  /** Where the measures stand within the body, where it is not the body itself. */
  within?: string;
  measures: readonly Measure[];
  attributes: readonly Attribute[];
}

const measure = (name: string, title: string, dimension: Dimension): Measure => ({ name, title, dimension });
const word = (name: string, title: string): Attribute => ({ name, title, type: "string" });
const count = (name: string, title: string): Attribute => ({ name, title, type: "integer" });

const STATISTIC = word("descriptive_statistic", "Statistic");
const ACTIVITY = word("temporal_relationship_to_physical_activity", "Activity Context");
const SLEEP = word("temporal_relationship_to_sleep", "Sleep Context");
const { duration, percent } = DIMENSIONS;

/** The types that JupyterHealth Exchange comes with, body by body as their schemas have them. */
export const MEASURED_TYPES: readonly MeasuredType[] = [
  {
    type: "omh:blood-glucose",
    name: "blood-glucose",
    title: "Blood glucose",
    measures: [measure("blood_glucose", "Glucose", DIMENSIONS.glucose)],
    attributes: [
      word("temporal_relationship_to_meal", "Meal Context"),
      SLEEP,
      word("specimen_source", "Specimen Source"),
      STATISTIC,
    ],
  },
  {
    type: "omh:blood-pressure",
    name: "blood-pressure",
    title: "Blood pressure",
    measures: [
      measure("systolic_blood_pressure", "Systolic", DIMENSIONS.pressure),
      measure("diastolic_blood_pressure", "Diastolic", DIMENSIONS.pressure),
    ],
    attributes: [
      word("body_posture", "Body Posture"),
      word("measurement_location", "Measurement Location"),
      ACTIVITY,
      STATISTIC,
    ],
  },
  {
    type: "omh:body-temperature",
    name: "body-temperature",
    title: "Body temperature",
    measures: [measure("body_temperature", "Temperature", DIMENSIONS.temperature)],
    attributes: [word("measurement_location", "Measurement Location"), SLEEP, STATISTIC],
  },
  {
    type: "omh:heart-rate",
    name: "heart-rate",
    title: "Heart rate",
    measures: [measure("heart_rate", "Heart Rate", DIMENSIONS.rate)],
    attributes: [ACTIVITY, SLEEP, STATISTIC],
  },
  {
    type: "omh:oxygen-saturation",
    name: "oxygen-saturation",
    title: "Oxygen saturation",
    measures: [
      measure("oxygen_saturation", "Oxygen Saturation", percent),
      measure("supplemental_oxygen_flow_rate", "Supplemental Oxygen", DIMENSIONS.flow),
    ],
    attributes: [
      word("system", "System"),
      word("measurement_method", "Measurement Method"),
      word("oxygen_therapy_mode_of_administration", "Oxygen Therapy"),
      STATISTIC,
    ],
  },
  {
    type: "omh:respiratory-rate",
    name: "respiratory-rate",
    title: "Respiratory rate",
    measures: [measure("respiratory_rate", "Respiratory Rate", DIMENSIONS.breaths)],
    attributes: [ACTIVITY, STATISTIC],
  },
  {
    type: "omh:rr-interval",
    name: "rr-interval",
    title: "RR interval",
    measures: [measure("rr_interval", "RR Interval", DIMENSIONS.heartbeat)],
    attributes: [ACTIVITY, STATISTIC],
  },
  {
    type: "omh:body-weight",
    name: "body-weight",
    title: "Body weight",
    measures: [measure("body_weight", "Weight", DIMENSIONS.mass)],
    attributes: [STATISTIC],
  },
  {
    type: "omh:step-count",
    name: "step-count",
    title: "Steps",
    measures: [measure("step_count", "Steps", DIMENSIONS.steps)],
    attributes: [STATISTIC],
  },
  {
    type: "omh:physical-activity",
    name: "physical-activity",
    title: "Physical activity",
    measures: [measure("distance", "Distance", DIMENSIONS.length), measure("kcal_burned", "Energy", DIMENSIONS.energy)],
    attributes: [
      word("activity_name", "Activity"),
      word("reported_activity_intensity", "Intensity"),
      { name: "met_value", title: "MET", type: "number" },
    ],
  },
  {
    type: "omh:sleep-episode",
    name: "sleep-episode",
    title: "Sleep episodes",
    measures: [
      measure("total_sleep_time", "Total Sleep Time", duration),
      measure("latency_to_sleep_onset", "Latency to Sleep Onset", duration),
      measure("latency_to_arising", "Latency to Arising", duration),
      measure("wake_after_sleep_onset", "Wake after Sleep Onset", duration),
      measure("sleep_maintenance_efficiency_percentage", "Sleep Efficiency", percent),
    ],
    attributes: [
      count("number_of_awakenings", "Awakenings"),
      { name: "is_main_sleep", title: "Main Sleep", type: "boolean" },
    ],
  },
  {
    type: "omh:sleep-duration",
    name: "sleep-duration",
    title: "Sleep duration",
    measures: [measure("sleep_duration", "Sleep Duration", duration)],
    attributes: [STATISTIC],
  },
  {
    type: "omh:forced-vital-capacity",
    name: "forced-vital-capacity",
    title: "Forced vital capacity",
    measures: [measure("forced_vital_capacity", "FVC", DIMENSIONS.volume)],
    attributes: [word("measurement_quality", "Quality"), ACTIVITY, STATISTIC],
  },
  {
    type: "omh:forced-expiratory-volume-1-second",
    name: "forced-expiratory-volume-1-second",
    title: "Forced expiratory volume in one second",
    measures: [measure("forced_expiratory_volume_1_second", "FEV1", DIMENSIONS.volume)],
    attributes: [word("measurement_quality", "Quality"), ACTIVITY, STATISTIC],
  },
  {
    type: "ieee:sleep-stage-summary",
    name: "sleep-stage-summary",
    title: "Sleep stages",
    within: "sleep_stage_summary",
    measures: [
      measure("total_sleep_time", "Total Sleep Time", duration),
      measure("rem_sleep_duration", "REM Sleep", duration),
      measure("light_sleep_duration", "Light Sleep", duration),
      measure("deep_sleep_duration", "Deep Sleep", duration),
      measure("awake_duration", "Awake", duration),
      measure("latency_to_sleep_onset", "Latency to Sleep Onset", duration),
      measure("latency_to_arising", "Latency to Arising", duration),
      measure("sleep_efficiency_percentage", "Sleep Efficiency", percent),
      measure("rem_sleep_percentage", "REM Share", percent),
      measure("light_sleep_percentage", "Light Share", percent),
      measure("deep_sleep_percentage", "Deep Share", percent),
      measure("awake_percentage", "Awake Share", percent),
    ],
    attributes: [
      count("rem_sleep_episode_count", "REM Episodes"),
      count("light_sleep_episode_count", "Light Episodes"),
      count("deep_sleep_episode_count", "Deep Episodes"),
      count("number_of_awakenings", "Awakenings"),
    ],
  },
];

/** @param type with or without a version: "omh:blood-glucose:4.0" */
export function measuredType(type: string): MeasuredType | undefined {
  const [namespace, name] = type.split(":");
  return MEASURED_TYPES.find((known) => known.type === `${namespace}:${name}`);
}

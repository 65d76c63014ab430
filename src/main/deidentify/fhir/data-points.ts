import { isJsonObject, type Json, type JsonObject } from "../../fhir/json.ts";
import type { Treatment } from "./treatment.ts";
import { isUnit } from "./units.ts";
import { isPlainText, isPlainToken } from "./vocabulary.ts";

/** Measures and what belongs to them, by the schemas of Open mHealth and IEEE 1752. Numbers, objects and lists pass under these names. */
const MEASURES: ReadonlySet<string> = new Set(
  (
    "acceleration_x acceleration_y acceleration_z ambient_temperature angular_velocity_x angular_velocity_y angular_velocity_z base_cadence blood_glucose body_fat_percentage " +
    "body_height body_mass_index body_temperature body_weight breath_carbon_monoxide count deep_sleep_duration deep_sleep_percentage diastolic_blood_pressure distance duration elevation " +
    "effective_time_frame expiratory_time fraction_of_inspired_oxygen forced_vital_capacity forced_expiratory_volume_1_second frequency heart_rate high_value inspiratory_time is_main_sleep " +
    "is_nap kcal_burned latency_to_arising latency_to_sleep_onset light_sleep_duration light_sleep_percentage low_value magnetic_field_strength_x magnetic_field_strength_y " +
    "magnetic_field_strength_z medication_adherence_percent met_value minute_volume minutes_moderate_activity number_of_awakenings number_of_times oxygen_saturation pace " +
    "physical_activity rem_sleep_duration rem_sleep_percentage respiratory_rate rr_interval sleep_duration sleep_efficiency_percentage sleep_episode " +
    "sleep_maintenance_efficiency_percentage sleep_onset_latency speed step_count supplemental_oxygen_flow_rate systolic_blood_pressure tidal_volume time_frame time_interval " +
    "time_frame_of_temporal_relationship_to_meal time_frame_of_temporal_relationship_to_sleep total_sleep_time unit_value value ventilation_cycle_time wake_after_sleep_onset " +
    "awake_duration awake_percentage time_in_bed arousal_duration acquisition_rate number_of_arousals sequence_number"
  ).split(" "),
);
/** Words out of lists of the schemas, or that are made of known words. */
const WORDS: ReadonlySet<string> = new Set(
  (
    "activity_name blood_specimen_type body_posture day_of_week descriptive_statistic descriptive_statistic_denominator measurement_location measurement_method minute_volume_type " +
    "modality oxygen_therapy_mode_of_administration part_of_day position_during_measurement reported_activity_intensity sensor_body_location specimen_source system " +
    "temporal_relationship_to_meal temporal_relationship_to_physical_activity temporal_relationship_to_sleep"
  ).split(" "),
);
const DATES: ReadonlySet<string> = new Set(
  "date date_time start_date_time end_date_time creation_date_time source_creation_date_time source_last_modification_date_time".split(
    " ",
  ),
);
/** By the project key. The number of a measurement in an application leads back to its account. */
const IDS: ReadonlySet<string> = new Set(["uuid", "id", "source_data_point_id"]);
const DEEPEST = 12;

/** The digest of the policy takes them in. */
export const DATA_POINT_NAMES: readonly string[] = [...MEASURES, ...WORDS, ...DATES];

/**
 * A data point of Open mHealth (header and body), or a body alone: measures with numbers and units, words of the schemas, dates as the policy
 * has them. Names of sources, datasheets, notes, places and whatever no schema knows are left out.
 *
 * @returns undefined where nothing is left
 */
export function treatDataPoint(document: Json, treatment: Treatment): JsonObject | undefined {
  if (!isJsonObject(document)) return treatment.drop(document);
  const result: JsonObject = {};
  const isPoint = isJsonObject(document["header"]) || isJsonObject(document["body"]);
  if (!isPoint) return treatObject(document, treatment, 0);
  for (const [name, value] of Object.entries(document)) {
    const treated =
      name === "header" && isJsonObject(value)
        ? treatHeader(value, treatment)
        : name === "body" && isJsonObject(value)
          ? treatObject(value, treatment, 0)
          : treatment.drop(value);
    if (treated !== undefined) result[name] = treated;
  }
  return Object.keys(result).length === 0 ? undefined : result;
}

function treatHeader(header: JsonObject, treatment: Treatment): JsonObject {
  const result: JsonObject = {};
  for (const [name, value] of Object.entries(header)) {
    const treated =
      name === "schema_id"
        ? treatSchemaId(value, treatment)
        : name === "user_id"
          ? userOf(value, treatment)
          : name === "acquisition_provenance" && isJsonObject(value)
            ? treatHeader(value, treatment)
            : treatNamed(name, value, treatment, 0);
    if (treated !== undefined) result[name] = treated;
  }
  return result;
}

function treatSchemaId(value: Json, treatment: Treatment): Json | undefined {
  if (!isJsonObject(value)) return treatment.drop(value);
  const { namespace, name, version, ...rest } = value;
  const isKnown =
    (namespace === "omh" || namespace === "ieee" || namespace === "granola") &&
    typeof name === "string" &&
    isPlainToken(name) &&
    (typeof version === "number" || (typeof version === "string" && /^\d{1,2}(?:\.(?:\d{1,2}|x))?$/.test(version)));
  if (Object.keys(rest).length > 0) treatment.drop(rest);
  return isKnown ? { namespace: namespace, name, version } : treatment.drop(value);
}

function userOf(value: Json, treatment: Treatment): Json | undefined {
  const { patient } = treatment.context;
  if (patient === undefined) return treatment.drop(value);
  treatment.count("pseudonymised");
  return treatment.pseudonyms.patient(patient).uuid;
}

function treatObject(object: JsonObject, treatment: Treatment, depth: number): JsonObject | undefined {
  const result: JsonObject = {};
  let filled = false;
  for (const [name, value] of Object.entries(object)) {
    const treated = treatNamed(name, value, treatment, depth);
    if (treated === undefined) continue;
    result[name] = treated;
    filled = true;
  }
  return filled ? result : undefined;
}

function treatNamed(name: string, value: Json, treatment: Treatment, depth: number): Json | undefined {
  if (depth > DEEPEST) return treatment.drop(value);
  if (Array.isArray(value)) {
    const items = value
      .map((item) => (Array.isArray(item) ? treatment.drop(item) : treatNamed(name, item, treatment, depth + 1)))
      .filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items;
  }
  if (isJsonObject(value)) return MEASURES.has(name) ? treatObject(value, treatment, depth + 1) : treatment.drop(value);
  if (typeof value === "string") return treatString(name, value, treatment);
  if (value === null || !MEASURES.has(name)) return treatment.drop(value);
  // Nine digits measure nothing: a moment in seconds, or a number of somebody.
  if (typeof value !== "number") return value;
  return Math.abs(value) >= 1e8 || !treatment.person.isSilentNumber(value) ? treatment.drop(value) : value;
}

function treatString(name: string, value: string, treatment: Treatment): Json | undefined {
  if (DATES.has(name)) {
    const treated = treatment.dates.treat(value, "dateTime");
    if (treated === undefined) return treatment.drop(value);
    if (treated.treatment !== undefined) treatment.count(treated.treatment);
    return treated.text;
  }
  if (IDS.has(name)) {
    treatment.count("pseudonymised");
    return treatment.pseudonyms.resource("data-point", { issuer: treatment.context.issuer, id: value });
  }
  const passes =
    name === "unit"
      ? isUnit(value)
      : WORDS.has(name) && /^[A-Za-z\d][A-Za-z\d ()-]{0,59}$/.test(value) && isPlainText(value);
  return passes && treatment.person.isSilent(value) ? value : treatment.drop(value);
}

const OMH = "https://w3id.org/openmhealth";

/** The kinds of data that an exchange comes with (`seed`), as "system|code". */
export const SEEDED_TYPES: readonly string[] = [
  ...[
    "omh:blood-glucose:4.0",
    "omh:blood-pressure:4.0",
    "omh:body-temperature:4.0",
    "omh:body-weight:3.0",
    "omh:forced-expiratory-volume-1-second:1.0",
    "omh:forced-vital-capacity:1.0",
    "omh:heart-rate:2.0",
    "omh:oxygen-saturation:2.0",
    "omh:physical-activity:1.2",
    "omh:respiratory-rate:2.0",
    "omh:rr-interval:1.0",
    "omh:sleep-duration:2.0",
    "omh:sleep-episode:1.1",
    "omh:step-count:3.0",
  ].map((code) => `${OMH}|${code}`),
  "https://w3id.org/ieee1752|ieee:sleep-stage-summary:1.0",
];

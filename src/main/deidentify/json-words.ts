import { isAllowedWord } from "./clean-descriptor.ts";

/** Words of AI results beside those of anatomy and technique. */
const TECHNICAL_WORDS: ReadonlySet<string> = new Set(
  (
    "accuracy algorithm angle area attenuation auc axis bbox birads bottom bound bounding box boxes bucket category center centroid certainty circle " +
    "class classes classification closest code coefficient color column columns component composition concentration confidence contour coordinate " +
    "coordinates cortex count created crop cube curve cutoff data decision deltas depth description detected detection detections diameter dice dim " +
    "dimension dimensions direction distance distribution done duration edge ellipse ended entropy error errors estimate estimated evaluation " +
    "evidence extent fail failed feature features file finding findings flag flags format fraction generated grade gradient grid growth heatmap height hu " +
    "imaging impression index indices inference info input inputs intensity interval invalid is has items iou item kind label labels largest latency " +
    "length level likelihood line list location log long lungrads lut major malignancy mask masks max mean median method metadata metric metrics minimum mm min " +
    "minor mode model models ms msec name names new none note notes num number object objects offset ok opacity options order orientation " +
    "origin output outputs overall parameter parameters percent percentage percentile pirads pixel pixels plane point points polygon position " +
    "precision predicate predicted prediction predictions preview previous priority probabilities probability process processed processing product prognosis " +
    "progress property quality quantile quantity radius range rank rate ratio reason recall recommendation rect rectangle reference region regions related " +
    "relative reliability report resolution response roi rois roughness row rows run runtime samples scale schema score scores scoring section sections " +
    "segment segments selected sensitivity severity shape sigma significance size slice slices software source spacing specificity spiculation start started " +
    "state statistics stats status std step steps string study subtlety success suspicion suspicious tag tags target task text texture threshold time " +
    "timestamp title token top total tirads triage true type types uncertainty uid uids uncertain unit units uptake urgency url valid value values variance vendor " +
    "verdict version voxel voxels volume warning warnings weight width window x y z sop series instance instances image images analysis analyses " +
    "patient id ids ai results result summary measurements measurement"
  ).split(" "),
);

/** Where a number or truth value says who somebody is. */
const IDENTIFYING_WORDS: ReadonlySet<string> = new Set(
  (
    "id ids identifier mrn ssn cpf cns rg nhs dob birth birthday birthdate born phone telephone mobile fax email mail address street zip postal " +
    "postcode plz cep accession order encounter episode visit admission case record chart insurance policy passport license licence account user " +
    "username login operator physician doctor referrer radiologist technologist technician name names surname given family firstname lastname contact ip mac host serial"
  ).split(" "),
);
const TEMPORAL_WORDS: ReadonlySet<string> = new Set(
  "date datetime timestamp created updated modified acquired performed when day year month".split(" "),
);
const CHARACTERISTIC_WORDS: ReadonlySet<string> = new Set(
  "age sex gender ethnicity ethnic race height weight bmi bsa smoking smoker pregnant pregnancy".split(" "),
);

export type KeyKind = "plain" | "identifying" | "temporal" | "characteristic";

/** "patientBirthDate", "patient_birth_date" and "PatientBirthDate" as words. */
export function wordsOfKey(key: string): string[] {
  return key
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[ _\-.]+/)
    .filter((word) => word !== "");
}

/** A plain identifier of known words and small numbers: nobody's name. */
export function isPlainKey(key: string): boolean {
  if (key.length > 64 || !/^[A-Za-z][A-Za-z0-9_\-.]*$/.test(key)) return false;
  return wordsOfKey(key).every(
    (word) =>
      TECHNICAL_WORDS.has(word) ||
      IDENTIFYING_WORDS.has(word) ||
      TEMPORAL_WORDS.has(word) ||
      CHARACTERISTIC_WORDS.has(word) ||
      isAllowedWord(word) ||
      isAllowedWord(word.replace(/s$/, "")) ||
      /^\d{1,2}$/.test(word) ||
      TECHNICAL_WORDS.has(word.replace(/\d{1,2}$/, "")),
  );
}

export function kindOfKey(key: string): KeyKind {
  const words = wordsOfKey(key);
  if (words.some((word) => IDENTIFYING_WORDS.has(word))) return "identifying";
  if (words.some((word) => TEMPORAL_WORDS.has(word))) return "temporal";
  const about = words.filter((word) => word !== "patient");
  return about.length === 1 && CHARACTERISTIC_WORDS.has(about[0]!) ? "characteristic" : "plain";
}

/** A word that may stand in a string of a document. */
export function isTechnicalWord(word: string): boolean {
  return TECHNICAL_WORDS.has(word) || isAllowedWord(word);
}

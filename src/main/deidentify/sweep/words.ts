/** Words that stand in names, addresses and departments everywhere and identify nobody. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  (
    "test patient anon anonymous anonymized anonymised unknown none null phantom name first last demo dummy sample example removed deidentified " +
    "doctor prof professor mrs miss herr frau dona senhor md phd med jr sr van von der den del della dos das " +
    "hospital clinic clinica klinik klinikum clinique centre center zentrum centro universitaetsklinikum universitatsklinikum university universitario " +
    "universidade universidad universitaet universitat medical medicine medicina health healthcare saude salud santa saint sankt department " +
    "departamento abteilung radiology radiologia radiologie radiological institute instituto institut imaging diagnostic diagnostics street strasse " +
    "avenue avenida road regional national general central county city state north south east west system systems services service unit ward " +
    "station scanner console workstation room host server node"
  ).split(" "),
);
export function writtenWordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

const MONTHS = {
  pt: "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split(" "),
  es: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(" "),
  en: "january february march april may june july august september october november december".split(" "),
};
const PT_UNITS =
  "zero um dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete dezoito dezenove".split(
    " ",
  );
const PT_TENS = "- - vinte trinta quarenta cinquenta sessenta setenta oitenta noventa".split(" ");
const ES_UNITS =
  "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve".split(
    " ",
  );
const ES_TENS = "- - - treinta cuarenta cincuenta sesenta setenta ochenta noventa".split(" ");
const EN_UNITS =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const EN_TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const EN_ORDINALS =
  "- first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(
    " ",
  );

/** A date as it is written out in words, in Portuguese, Spanish and English, and with the day in digits where the year is in words. */
export function spelledDates(isoDate: string): string[] {
  const [year = 0, month = 0, day = 0] = isoDate.split("-").map(Number);
  const [pt, es, en] = [MONTHS.pt[month - 1], MONTHS.es[month - 1], MONTHS.en[month - 1]];
  if (pt === undefined || es === undefined || en === undefined || day < 1 || day > 31) return [];
  const days = {
    pt: [below100(day, PT_UNITS, PT_TENS, "e"), ...(day === 1 ? ["primeiro"] : [])],
    es: [below100(day, ES_UNITS, ES_TENS, "y"), ...(day === 1 ? ["primero"] : [])],
    en: ordinal(day),
  };
  return [
    ...days.pt.flatMap((word) => [`${word} ${pt} ${portugueseYear(year)}`, `${word} ${pt} ${year}`]),
    `${day} ${pt} ${portugueseYear(year)}`,
    ...days.es.flatMap((word) => [`${word} ${es} ${spanishYear(year)}`, `${word} ${es} ${year}`]),
    ...englishYears(year).flatMap((words) => [`${days.en} ${en} ${words}`, `${en} ${days.en} ${words}`]),
    `${en} ${days.en} ${year}`,
    `${days.en} ${en} ${year}`,
  ];
}

function below100(value: number, units: readonly string[], tens: readonly string[], and: string): string {
  const unit = units[value];
  if (unit !== undefined) return unit;
  const rest = value % 10;
  return rest === 0 ? tens[Math.floor(value / 10)]! : `${tens[Math.floor(value / 10)]!} ${and} ${units[rest]!}`;
}

function portugueseYear(year: number): string {
  const rest = year % 100;
  const head = year < 2000 ? "mil novecentos" : "dois mil";
  return rest === 0 ? head : `${head} e ${below100(rest, PT_UNITS, PT_TENS, "e")}`;
}

function spanishYear(year: number): string {
  const rest = year % 100;
  const head = year < 2000 ? "mil novecientos" : "dos mil";
  return rest === 0 ? head : `${head} ${below100(rest, ES_UNITS, ES_TENS, "y")}`;
}

function englishYears(year: number): string[] {
  const rest = year % 100;
  const words = below100(rest, EN_UNITS, EN_TENS, "");
  if (year < 2000) return [`nineteen ${words}`, `nineteen hundred and ${words}`, `nineteen hundred ${words}`];
  return rest === 0 ? ["two thousand"] : [`two thousand and ${words}`, `two thousand ${words}`, `twenty ${words}`];
}

function ordinal(day: number): string {
  const word = EN_ORDINALS[day];
  if (word !== undefined) return word;
  return day === 30 ? "thirtieth" : `${day < 30 ? "twenty" : "thirty"} ${EN_ORDINALS[day % 10]!}`;
}

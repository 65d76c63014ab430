/** The months by their names and short names, folded. */
export const MONTHS: ReadonlyMap<string, number> = new Map(
  [
    "jan ene janeiro enero january",
    "feb fev fevereiro febrero february",
    "mar marco marzo march",
    "abr apr abril april",
    "mai may maio mayo",
    "jun junho junio june",
    "jul julho julio july",
    "ago aug agosto august",
    "set sep sept setembro septiembre setiembre september",
    "out oct outubro octubre october",
    "nov novembro noviembre november",
    "dez dec dic dezembro diciembre december",
  ].flatMap((words, index) => words.split(" ").map((word) => [word, index + 1] as const)),
);

/** Before "3/9" they say that it is a day. */
export const DAY_WORDS = new Set(
  "em on since until till ate desde retorno ret controle control consulta visit fu up next proxima proximo prox leve segunda terca quarta quinta sexta sabado domingo monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun lunes martes miercoles jueves viernes appt appointment marcado agendado agendada marcada volta voltar cirurgia surgery started starting admitted clinic prevista previsto coleta colhido colhida fecha vence due discharge alta call seen review reviewed revisao revision booked dated typed listed tci datada datado cita el adm amanha manana tomorrow".split(
    " ",
  ),
);

/** With a capital, short names of months before or behind a day are months without a year too. */
export const CLEAR_MONTHS = new Set("jan feb mar apr jun jul aug sep sept oct nov dec".split(" "));

/** Such as are no other word, so that they are months in lower case too. */
export const UNMISTAKABLE_MONTHS = new Set("jan ene fev feb abr apr jun jul nov dez dic".split(" "));

/** Words that mean something else without a capital, or begin a sentence with one. */
export const AMBIGUOUS_MONTHS = new Set(["may", "march"]);

/** Before a month by itself. */
export const MONTH_LEADS = new Set(
  "in em en since desde until till ate hasta last next this during early late mid by proximo passado pasado mes".split(
    " ",
  ),
);

/** What the notes of the demo are made of. In braces stands what the patient, the house and the day give. */
interface Sentences {
  /** How a stay begins, what was seen, what is planned, and what else is written down. One of each makes a note. */
  openings: readonly string[];
  findings: readonly string[];
  plans: readonly string[];
  remarks: readonly string[];
  signature: string;
  discharge: string;
}

export const NOTE_SENTENCES: Readonly<Record<"en" | "pt", Sentences>> = {
  en: {
    openings: [
      "{name} was admitted to {ward} today.",
      "Seen on the morning round, {ward}.",
      "{given} slept well and has no complaints this morning.",
      "{title} {family} reports less pain than yesterday.",
      "Reviewed with Dr. {doctor} in {ward}.",
      "Called to see the patient at night for shortness of breath.",
    ],
    findings: [
      "BP {systolic}/{diastolic} mmHg, HR {pulse}/min, SpO2 {saturation} % on room air, afebrile. Lungs clear, abdomen soft and not tender.",
      "Temp {temperature} °C, HR {pulse}/min. Crackles at the right base. Murphy negative. CRP {crp} mg/L, creatinine {creatinine} mg/dL.",
      "Walks without help; Glasgow 15, pupils equal and reactive. Parkinson's disease stable, no tremor at rest.",
      "Wound clean and dry. Foley catheter removed, urine clear. Hb {haemoglobin} g/dL, platelets 248,000.",
      "Chest X-ray of {date} without change. ECG in sinus rhythm at {pulse}/min.",
    ],
    plans: [
      "Plan: continue ceftriaxone 1 g twice daily, day {day} of 7; repeat blood count tomorrow.",
      "Plan: physiotherapy, oral fluids, stop oxygen. Echo requested.",
      "Plan: enalapril 10 mg twice daily, low-salt diet, weigh daily.",
      "Plan: discuss with surgery; nil by mouth from midnight.",
    ],
    remarks: [
      "The family can be reached at {phone}; home address {address}.",
      "Spoke with {relative}, who will visit on {date}.",
      "Record {record} requested from Fictional General Hospital.",
      "Nurse {nurse} informed. No allergies known.",
      "Born {born}; blood group confirmed on {date}.",
      "",
      "",
    ],
    signature: "Dr. {doctor}, GMC {licence}",
    discharge:
      "Discharge report: {name}, born {born}, record {record}. Course without complications; discharged home in good condition. Outpatient review on {date}. Questions: {phone}.",
  },
  pt: {
    openings: [
      "Paciente {name}, admitido(a) hoje em {ward}.",
      "Evolução médica, {ward}, {day}º DIH.",
      "{given} refere melhora, sem queixas nesta manhã.",
      "{title} {family} dormiu bem e nega dor.",
      "Discutido com Dr(a). {doctor} na visita da manhã.",
      "Chamado à noite por dispneia leve.",
    ],
    findings: [
      "BEG, corado, hidratado, eupneico. PA {systolic}/{diastolic} mmHg, FC {pulse} bpm, SatO2 {saturation}% em ar ambiente. MV+ sem RA.",
      "Tax {temperature} °C, FC {pulse} bpm. Crepitações em base direita. Sinal de Murphy negativo. PCR {crp} mg/L, creatinina {creatinine}.",
      "Deambula sem ajuda, Glasgow 15, pupilas isocóricas. Doença de Parkinson estável, sem tremor de repouso.",
      "Ferida operatória limpa e seca. Retirada sonda de Foley, diurese clara. Hb {haemoglobin}, plaquetas 248.000.",
      "RX de tórax de {date} sem alterações. ECG em ritmo sinusal, FC {pulse} bpm.",
    ],
    plans: [
      "Conduta: mantida ceftriaxona 1 g 12/12h, dia {day}/7; hemograma amanhã.",
      "Conduta: fisioterapia, dieta branda, desmame de O2. Solicitado ecocardiograma.",
      "Conduta: enalapril 10 mg 12/12h, dieta hipossódica, peso diário.",
      "Conduta: avaliação da cirurgia; jejum a partir da meia-noite.",
    ],
    remarks: [
      "Contato da família: {phone}; reside em {address}.",
      "Conversado com {relative}, que virá em {date}.",
      "Prontuário {record} solicitado ao arquivo.",
      "Enf. {nurse} ciente. Nega alergias.",
      "Nascimento {born}; tipagem confirmada em {date}.",
      "",
      "",
    ],
    signature: "Dr(a). {doctor} - CRM {licence}",
    discharge:
      "Relatório de alta: {name}, nascimento {born}, prontuário {record}. Evoluiu sem intercorrências, alta em bom estado geral. Retorno ambulatorial em {date}. Contato: {phone}.",
  },
};

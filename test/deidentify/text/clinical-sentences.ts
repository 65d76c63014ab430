/** Everyday sentences of daily notes in which nobody is named: whatever a scrubber takes from them was worth keeping. */
export const PORTUGUESE_SENTENCES = `
Paciente evolui estável, sem queixas, em ar ambiente.
Doença de Parkinson em uso de levodopa, sem discinesias.
Doença de Graves com exoftalmia discreta à direita.
Sinal de Murphy negativo, Blumberg ausente, Giordano negativo bilateralmente.
Sonda de Foley número 16 com diurese clara, 1500 ml em 24h.
Glasgow 15, pupilas isocóricas e fotorreagentes.
Apgar 8/9, peso ao nascer 3.250 g, Capurro 39 semanas.
Eco Doppler de membros inferiores sem sinais de trombose.
Linfoma de Hodgkin em quimioterapia, ciclo 3/6.
Síndrome de Down com comunicação interatrial.
Doença de Chagas com megaesôfago e bloqueio de ramo direito.
PA 120/80 mmHg, FC 82 bpm, FR 18 irpm, SatO2 97%.
Hb 11,2, Ht 33,5, leucócitos 12.500, plaquetas 250.000.
Creatinina 1,2 mg/dl, ureia 45, sódio 138, potássio 4,1.
Glicemia capilar 180 às 06:00 e 220 às 12:00.
Ceftriaxona 1 g EV 12/12h, dia 5/7.
Clindamicina 600 mg 8/8h associada a ciprofloxacino 400 mg 12/12h.
Dieta oral branda para diabético, aceita bem.
Evacuações presentes, sem sangue ou muco.
Há 3 dias com dor em fossa ilíaca direita, irradiando para dorso.
Rosa de Bengala positivo em olho esquerdo.
Lesão rosa em face, com bordas regulares, medindo 2 x 3 cm.
Campos pulmonares livres, murmúrio vesicular presente sem ruídos adventícios.
Abdome globoso, flácido, indolor à palpação, ruídos hidroaéreos presentes.
Ferida operatória limpa e seca, pontos íntegros.
Dreno de Penrose com débito seroso de 30 ml.
Manobra de Valsalva sem alterações, teste de Lasègue positivo a 45 graus.
Escala de Braden 14, Morse 45, risco alto de queda.
Escore de Child-Pugh B, MELD 17.
Fratura de Colles à esquerda, reduzida e imobilizada.
Hérnia de disco L4-L5, com dor em membro inferior direito.
Sutura com fio de Kirschner e tala gessada.
Nega tabagismo, etilismo social aos finais de semana.
Mãe refere que a criança mamou bem durante a noite.
Filho de pais consanguíneos, parto normal, chorou ao nascer.
Esposa acompanha e refere melhora do apetite.
Acompanhante relata noite tranquila.
Pai hipertenso, mãe diabética, irmão com asma.
Responsável orientado quanto aos cuidados domiciliares.
Enfermagem orientada a manter decúbito elevado.
Médico plantonista ciente, mantida conduta.
Discutido com Nefrologia, indicada hemodiálise.
Avaliado pela Cardiologia, sem indicação de cateterismo.
Solicito parecer da Psiquiatria e da Fisioterapia.
Síndrome de Guillain-Barré em plasmaférese.
Tireoidite de Hashimoto em reposição de levotiroxina 75 mcg.
Doença de Crohn em uso de azatioprina.
Esôfago de Barrett em vigilância endoscópica.
Síndrome de Stevens-Johnson por alopurinol.
Retinografia com escavação de disco 0,4 em ambos os olhos.
Acuidade visual 20/20 em olho direito e 20/40 em olho esquerdo.
Força muscular grau 5/5 em membros superiores e 3/5 em inferiores.
Dor 8/10 pela EVA, melhora após dipirona.
Balanço hídrico positivo em 850 ml nas últimas 24 horas.
Temperatura máxima de 38,5 graus às 04h.
Gasometria arterial: pH 7,35, pCO2 40, pO2 88, bicarbonato 22.
TC de crânio sem sinais de sangramento agudo.
RX de tórax com infiltrado em base direita e velamento de seio costofrênico.
USG de abdome total com colelitíase sem sinais de colecistite.
Hemocultura com crescimento de Staphylococcus aureus sensível à oxacilina.
Urocultura com Escherichia coli acima de 100.000 UFC/ml.
Iniciado noradrenalina a 0,1 mcg/kg/min com boa resposta.
Sedado com midazolam e fentanil, RASS -4.
Ventilação mecânica em modo PCV, PEEP 8, FiO2 40%.
Extubado sem intercorrências, em cateter nasal a 2 l/min.
Traqueostomia pérvia, secreção hialina em pequena quantidade.
Cetoacidose diabética resolvida, em transição para insulina NPH.
Leite materno em livre demanda, sucção eficaz.
Vitamina D 2000 UI por dia, ferro quelato 1x ao dia.
Alta hospitalar com retorno ambulatorial em 30 dias.
Óbito constatado às 03:45, preenchida declaração.
Paciente lúcido, orientado, deambulando com auxílio.
Idoso de 78 anos, acamado, com úlcera sacral grau III.
Gestante de 32 semanas, com pré-eclâmpsia grave.
Criança de 5 anos com febre há dois dias.
Recém-nascido a termo, com icterícia zona II de Kramer.
Fez cirurgia de Hartmann há 6 meses por diverticulite.
Colostomia funcionante, com fezes pastosas.
Reflexo de Babinski ausente, marcha de Trendelenburg.
Teste de Mantoux reator forte, 18 mm.
Coleta de BAAR em escarro, primeira amostra negativa.
HIV não reator, VDRL 1:8, anti-HCV negativo.
Carga viral de 1.250.000 cópias/ml, CD4 180.
Prurido e placas eritematosas em tronco, sugestivas de urticária.
Paresia à esquerda, com disartria e desvio de comissura labial.
Trombólise com alteplase 0,9 mg/kg, NIHSS 12.
Cirrose hepática com ascite volumosa, paracentese de 6 litros.
Albumina humana 20% 100 ml após paracentese.
Pele sem lesões, mucosas coradas, turgor preservado.
Pulsos periféricos palpáveis, perfusão menor que 3 segundos.
Segunda dose da vacina contra hepatite B aplicada.
Sala vermelha com monitorização contínua.
Luz direta sobre o olho provoca dor.
Cruz vermelha doou cadeira de rodas.
Dias alternados de furosemida, conforme peso.
Ramo esquerdo bloqueado, sem supra de ST.
Leito de úlcera com tecido de granulação.
Santa paciência da equipe, familiares agradecem.
CONDUTA: MANTER ANTIBIÓTICO, SOLICITAR HEMOGRAMA E PCR.
EXAME FÍSICO: BEG, CORADO, HIDRATADO, ACIANÓTICO, ANICTÉRICO, AFEBRIL.
`
  .trim()
  .split("\n");

export const SPANISH_SENTENCES = `
Paciente estable, afebril, sin quejas durante la noche.
Enfermedad de Parkinson en tratamiento con levodopa.
Enfermedad de Graves con bocio difuso.
Signo de Murphy negativo, Blumberg negativo.
Sonda de Foley permeable, diuresis de 1200 ml.
Glasgow 15, pupilas isocóricas y reactivas.
Apgar 9/10, peso al nacer 3.100 g.
Ecografía Doppler sin signos de trombosis venosa.
Linfoma de Hodgkin en segundo ciclo de quimioterapia.
Síndrome de Down con cardiopatía congénita.
Enfermedad de Chagas con bloqueo de rama derecha.
TA 130/85 mmHg, FC 78 lpm, SatO2 96%.
Hemoglobina 12,3, leucocitos 9.800, plaquetas 210.000.
Creatinina 0,9 mg/dl, urea 38, sodio 140, potasio 4,2.
Ceftriaxona 2 g IV cada 24 horas, día 3 de 7.
Dieta blanda bien tolerada, deposiciones normales.
Dolor abdominal en fosa ilíaca derecha de dos días de evolución.
Abdomen blando, depresible, no doloroso a la palpación.
Murmullo vesicular conservado, sin ruidos sobreañadidos.
Ruidos cardíacos rítmicos, sin soplos.
Herida quirúrgica limpia, sin signos de infección.
Drenaje de Penrose con débito escaso.
Maniobra de Valsalva normal, Lasègue positivo.
Escala de Norton 15, riesgo medio de úlceras.
Clasificación de Child-Pugh A, sin encefalopatía.
Fractura de Colles derecha, inmovilizada con yeso.
Hernia discal L5-S1 con ciática izquierda.
Niega tabaco, alcohol ocasional.
La madre refiere que el niño come bien.
Hijo de padres sanos, parto eutócico.
Esposa acompaña y refiere mejoría.
Padre hipertenso, hermano con asma.
Enfermería avisa de fiebre de 38,2 a las 04:00.
Médico de guardia avisado, se mantiene la pauta.
Comentado con Nefrología, se indica diálisis.
Valorado por Cardiología, sin cambios.
Síndrome de Guillain-Barré en tratamiento con inmunoglobulinas.
Tiroiditis de Hashimoto con levotiroxina 50 mcg.
Enfermedad de Crohn en remisión.
Esófago de Barrett en seguimiento.
Agudeza visual 20/25 en ambos ojos.
Fuerza 4/5 en miembro superior derecho.
Dolor 6/10, cede con paracetamol.
Balance hídrico negativo de 500 ml.
Gasometría arterial: pH 7,41, pCO2 38.
TAC craneal sin hallazgos agudos.
Radiografía de tórax con infiltrado en base izquierda.
Ecografía abdominal con colelitiasis.
Hemocultivo positivo para Escherichia coli.
Noradrenalina a dosis bajas, con buena respuesta.
Sedación con midazolam, RASS -3.
Ventilación mecánica con PEEP de 8, FiO2 50%.
Extubado sin incidencias, gafas nasales a 2 litros.
Traqueostomía permeable, secreciones claras.
Insulina glargina 20 unidades por la noche.
Vitamina D 1000 UI al día.
Alta con control en consultas en un mes.
Exitus a las 05:20, se informa a la familia.
Consciente, orientado y colaborador.
Anciano de 82 años, encamado, con úlcera sacra.
Gestante de 34 semanas con preeclampsia.
Niña de 4 años con fiebre y tos.
Recién nacido a término con ictericia.
Intervención de Hartmann por diverticulitis perforada.
Reflejo de Babinski negativo, marcha inestable.
Prueba de Mantoux positiva, 15 mm.
VIH negativo, VHC negativo, VHB inmunizado.
Carga viral de 1.500.000 copias/ml.
Placas eritematosas en tronco, pruriginosas.
Hemiparesia izquierda con disartria.
Cirrosis con ascitis, paracentesis de 5 litros.
Piel sin lesiones, mucosas húmedas.
Pulsos periféricos presentes, relleno capilar normal.
Segunda dosis de la vacuna aplicada.
Luz intensa provoca fotofobia.
Rosa de Bengala positiva en ojo derecho.
Dolores articulares en manos y pies.
Campos pulmonares bien ventilados.
Intestino delgado dilatado en la radiografía.
Pilar anterior inflamado, amígdalas con exudado.
Flora vaginal normal, citología sin atipias.
Cruces de sangre en orina: dos.
Cabello escaso, uñas frágiles.
Nieto con varicela, contacto estrecho.
Leche materna a demanda.
PLAN: CONTINUAR ANTIBIÓTICO, SOLICITAR ANALÍTICA Y CULTIVO.
ANTECEDENTES PERSONALES: HIPERTENSIÓN, DIABETES, SIN ALERGIAS CONOCIDAS.
Metformina 850 mg, enalapril 10 mg, atorvastatina 20 mg.
Sin cambios respecto a la exploración anterior.
Se retira la vía central y se envía la punta a cultivo.
Se realiza cura y se cambia el apósito.
Paciente tranquilo, duerme toda la noche.
Tolera la sedestación durante 2 horas.
Diuresis conservada, edemas en mejoría.
Pendiente de resonancia magnética lumbar.
Continúa con oxígeno a 3 litros por minuto.
Se suspende heparina por plaquetas bajas.
Refiere mareo al levantarse, sin síncope.
Test de Romberg negativo, pares craneales normales.
Triada de Charcot presente al ingreso.
`
  .trim()
  .split("\n");

export const ENGLISH_SENTENCES = `
Patient remains stable, afebrile, with no overnight events.
Parkinson's disease treated with levodopa.
Graves disease with mild proptosis on the right.
Murphy sign negative, no rebound tenderness.
Foley catheter in place, urine output 1500 ml.
Glasgow coma scale 15, pupils equal and reactive.
Apgar scores 8/9, birth weight 3250 g.
Doppler ultrasound shows no deep vein thrombosis.
Hodgkin lymphoma, cycle 3 of 6.
Down syndrome with atrial septal defect.
Chagas disease with right bundle branch block.
BP 120/80 mmHg, HR 82 bpm, RR 18, SpO2 97% on room air.
Hemoglobin 11.2, white count 12.5, platelets 250.
Creatinine 1.2, urea 45, sodium 138, potassium 4.1.
Ceftriaxone 1 g IV every 24 hours, day 5/7.
Tolerating oral diet without nausea or vomiting.
Pain in the right lower quadrant for 3 days.
Abdomen soft, nontender, bowel sounds present.
Lungs clear to auscultation bilaterally.
Heart sounds regular, no murmurs, rubs or gallops.
Surgical wound clean, dry and intact.
Penrose drain with minimal serous output.
Valsalva maneuver without change.
Braden score 14, high risk for pressure injury.
Child-Pugh class B, MELD 17.
Colles fracture reduced and splinted.
Disc herniation L4-L5 with radicular pain.
Denies tobacco, drinks alcohol on weekends.
Mother reports that the child fed well overnight.
Wife at bedside, reports better appetite.
Father with hypertension, brother with asthma.
Nursing instructed to keep the head of bed elevated.
Attending physician aware, plan unchanged.
Discussed with Nephrology, dialysis indicated.
Evaluated by Cardiology, no catheterization needed.
Guillain-Barré syndrome on plasma exchange.
Hashimoto thyroiditis on levothyroxine 75 mcg.
Crohn's disease on azathioprine.
Barrett's esophagus under surveillance.
Stevens-Johnson syndrome due to allopurinol.
Visual acuity 20/20 in the right eye and 20/40 in the left.
Strength 5/5 in upper and 3/5 in lower extremities.
Pain 8/10, improved after morphine.
Net positive 850 ml over the last 24 hours.
Arterial blood gas: pH 7.35, pCO2 40, pO2 88.
Head CT without acute bleeding.
Chest radiograph with right lower lobe infiltrate.
Abdominal ultrasound with gallstones.
Blood culture growing Staphylococcus aureus.
Urine culture with Escherichia coli above 100,000 CFU.
Norepinephrine at 0.1 mcg/kg/min with good response.
Sedated with midazolam and fentanyl, RASS -4.
Mechanical ventilation with PEEP 8, FiO2 40%.
Extubated without complications to nasal cannula.
Tracheostomy patent with scant clear secretions.
Insulin glargine 20 units at bedtime.
Vitamin D 2000 units daily.
Discharged home with follow up in 30 days.
Time of death 03:45, family notified.
Alert and oriented, walking with a walker.
78 year old man, bedridden, with stage III sacral ulcer.
Pregnant woman at 32 weeks with severe preeclampsia.
5 year old boy with fever for two days.
Term newborn with jaundice.
Hartmann procedure 6 months ago for diverticulitis.
Colostomy functioning with soft stool.
Babinski reflex absent, Trendelenburg gait.
Romberg test negative, cranial nerves intact.
HIV negative, RPR 1:8, hepatitis C negative.
Viral load 1,250,000 copies, CD4 180.
Left hemiparesis with dysarthria and facial droop.
Alteplase 0.9 mg/kg given, NIHSS 12.
Cirrhosis with tense ascites, paracentesis of 6 liters.
Skin intact, mucous membranes moist.
Peripheral pulses palpable, capillary refill under 3 seconds.
Second dose of the hepatitis B vaccine given.
Light touch intact, proprioception preserved.
Rose bengal staining positive in the left eye.
Will continue current treatment and reassess in the morning.
May ambulate with assistance.
March in place for two minutes without desaturation.
Mark the site before the procedure.
Hope to wean oxygen tomorrow.
Young woman with iron deficiency anemia.
Brown discharge from the wound edge.
White matter changes on MRI.
Wells score 4.5, CT angiogram ordered.
Cushing syndrome workup with cortisol pending.
Addison's disease on hydrocortisone.
Wilson's disease with Kayser-Fleischer rings.
Bell's palsy on the left side.
Still's disease in remission.
Swan-Ganz catheter removed.
Hickman line flushed with heparin.
Metformin 850 mg, lisinopril 10 mg, atorvastatin 20 mg.
Physical therapy for gait training.
PLAN: CONTINUE ANTIBIOTICS, CHECK CULTURES AND LABS.
ASSESSMENT: STABLE, IMPROVING, NO FEVER, TOLERATING DIET.
No known drug allergies.
Fall risk, bed in low position.
`
  .trim()
  .split("\n");

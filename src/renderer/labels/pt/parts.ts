import type { Labels } from "../en/index.ts";

export const parts: Labels["parts"] = {
  cancel: "Cancelar",
  pause: "Pausar",
  resume: "Retomar",
  close: "Fechar",
  copy: "Copiar",
  copied: "Copiado",
  dismiss: "Dispensar",
  error: "Erro",
  errorCode: (code) => `Código ${code}`,
  sidePanel: "Painel lateral",
  closePanel: "Fechar painel lateral",
  resizePanel: "Largura do painel lateral",
  secondsLeft: (duration) => `faltam ${duration}`,
  perSecond: (bytes) => `${bytes}/s`,
  doneOf: (done, total) => `${done} de ${total}`,
  percent: (label, percent) => `${label}: ${percent}`,
  loading: "Carregando",
  showTyped: "Mostrar o que foi digitado",
  unnamed: "(sem nome)",
};

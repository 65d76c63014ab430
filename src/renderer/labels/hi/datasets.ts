import type { Labels } from "../en/index.ts";

export const datasets: Labels["datasets"] = {
  kinds: {
    fhir: "FHIR संसाधन",
    view: "FHIR संसाधनों की तालिकाएँ",
    observations: "Open mHealth डेटा",
    report: "समेकित रिपोर्ट",
    quality: "डेटा की गुणवत्ता",
  },
  policies: {
    identified: "जैसे आए, पहचान सहित",
    pseudonymised: "छद्मनाम सहित",
    rules: "आयातित नियमों से",
    aggregated: "केवल गिनती",
  },
  reason: "पहचान सहित क्यों",
  rules: "नियम",
  rows: "पंक्तियाँ",
  withoutDay: "छोड़े गए, क्योंकि दिन नहीं है",
  resources: "संसाधन",
  documents: "दस्तावेज़",
  types: "संसाधनों के प्रकार",
  type: "प्रकार",
  withheld: "रोके गए",
  treated: "बदले गए तत्व",
  reasons: {
    "no-consent": "कोई सहमति दर्ज नहीं",
    "consent-refused": "सहमति नहीं दी",
    "consent-withdrawn": "सहमति वापस ली",
    "unknown-modifier": "अज्ञात संशोधक",
    picture: "चित्र",
    "not-listed": "संसाधन का प्रकार सूची में नहीं",
    unreadable: "पढ़ा नहीं जा सका",
  },
  treatments: {
    dropped: "छोड़े गए",
    pseudonymised: "छद्मनाम",
    shifted: "समय बदला",
    generalised: "मोटा किया",
    scrubbed: "नाम और नंबर बदले",
    hashed: "हैश",
    replaced: "बदले",
    encrypted: "कूटबद्ध",
  },
  consent: "सहमति",
  withoutConsent: {
    include: "जिन मरीज़ों की कोई सहमति दर्ज नहीं है, वे शामिल हैं।",
    exclude: "जिन मरीज़ों की कोई सहमति दर्ज नहीं है, वे छोड़ दिए गए हैं।",
  },
  leftOut: (type: string, _count: number, n: string) => `${type}: ${n} मरीज़ छोड़े गए`,
  withdrawn: (patient: string, type: string) =>
    `${patient} ने इस विधि के पिछले पैकेज के बाद ${type} की सहमति वापस ली है: पाने वाले को बताएँ।`,
};

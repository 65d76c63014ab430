import { createContext, use, useEffect, useMemo, type ReactNode } from "react";
import type { Language } from "../../contract/calls/settings.ts";
import { en, type Labels } from "./en/index.ts";
import { hi } from "./hi/index.ts";
import { pt } from "./pt/index.ts";

const ALL: Record<Language, Labels> = { en, pt, hi };

interface Speech {
  language: Language;
  /** BCP 47, for dates and numbers: the user's region where it speaks the language. */
  locale: string;
  labels: Labels;
}

const SpeechContext = createContext<Speech>({ language: "en", locale: "en", labels: en });

/** The regions of the first hospitals, for who speaks the language but whose system does not say from where. */
const REGIONS: Record<Language, string> = { en: "en", pt: "pt-BR", hi: "hi-IN" };

/** The language the system asks for, where it is translated. */
function systemLanguage(): Language {
  const wanted = navigator.languages.map((one) => one.split("-")[0]);
  return wanted.find((one): one is Language => one !== undefined && Object.hasOwn(ALL, one)) ?? "en";
}

export function LabelsProvider({
  language,
  children,
}: {
  language: Language | "system";
  children: ReactNode;
}): ReactNode {
  const chosen = language === "system" ? systemLanguage() : language;
  useEffect(() => {
    document.documentElement.lang = REGIONS[chosen];
  }, [chosen]);
  const speech = useMemo(() => {
    const locale = navigator.languages.find((one) => one.split("-")[0] === chosen) ?? REGIONS[chosen];
    return { language: chosen, locale, labels: ALL[chosen] };
  }, [chosen]);
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

export function useLabels(): Labels {
  return use(SpeechContext).labels;
}

export function useLocale(): string {
  return use(SpeechContext).locale;
}

import type { SeriesContext } from "./modules/context.ts";
import { makeRandom } from "./random.ts";

/**
 * What an AI service left for a study: its models, and one finding each with a box in the pixels of one instance.
 *
 * @param instances SOP Instance UIDs of the study's first series, in order.
 */
export function makeAnalysis(seed: number, context: SeriesContext, instances: readonly string[]): unknown {
  const { study } = context;
  const plans = study.analysis ?? [];
  const random = makeRandom(seed, `analysis/${context.studyInstanceUid}`);
  const iso = `${study.date.slice(0, 4)}-${study.date.slice(4, 6)}-${study.date.slice(6)}`;
  return {
    studyInstanceUID: context.studyInstanceUid,
    analyzedAt: `${iso}T23:15:${String(random.whole(0, 59)).padStart(2, "0")}.000Z`,
    models: [...new Set(plans.map((plan) => plan.model))],
    findings: plans.map((plan) => ({
      model: plan.model,
      modelVersion: plan.version,
      label: plan.label,
      confidence: plan.confidence,
      sopInstanceUID: instances[Math.floor(instances.length * random.between(0.4, 0.7))] ?? null,
      box: {
        x: random.whole(60, 120),
        y: random.whole(60, 120),
        width: random.whole(18, 48),
        height: random.whole(18, 48),
      },
    })),
    disclaimer: "Invented result for demonstration; not for diagnosis.",
  };
}

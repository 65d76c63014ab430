import type { Calls } from "../../contract/calls.ts";
import type { Handlers } from "../../contract/rpc.ts";
import { examineSelection, type Examination } from "../review/examine-selection.ts";
import { locateInstance } from "../review/locate-instance.ts";
import { accessTo } from "../review/place.ts";
import type { CallContext } from "./context.ts";
import { policyOf } from "./create-jobs.ts";
import { latestOf } from "./latest-of.ts";

export function reviewHandlers(context: CallContext): Pick<Handlers<Calls>, "exports.review" | "exports.examine"> {
  return {
    "exports.review": async ({ recipe, index }, signal) => {
      const { catalog, scratch } = context.workspace;
      const policy = policyOf(context, recipe);
      const { instances, selected, item, plan, study, own } = await locateInstance(
        catalog,
        recipe,
        policy,
        index,
        signal,
      );
      const answer = await context.looking.ask(
        {
          kind: "review",
          place: { source: accessTo(catalog, selected.sourceId), locator: selected.locator, scratch },
          policy: policy.worker,
          item,
          document: {
            plan,
            exportedBy: context.ports.user,
            exportedAt: context.ports.now().toISOString(),
            includesImages: recipe.images && recipe.format !== "json",
            study,
            own,
          },
        },
        signal,
      );
      const { numberOfFrames, rows, columns } = selected.description;
      const picture = numberOfFrames > 0 && rows > 0 && columns > 0 ? selected.id : null;
      return { instances, index, package: plan.name, path: item.path ?? plan.document, picture, ...answer };
    },
    "exports.examine": async function* ({ recipe }, signal) {
      const policy = policyOf(context, recipe);
      const events = latestOf<Examination, Examination>((onProgress) =>
        examineSelection(context.workspace, context.looking, recipe, policy, onProgress, signal),
      );
      for await (const { kind, value } of events) yield { type: kind, ...value };
    },
  };
}

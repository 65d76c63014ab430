import { expect, it } from "vitest";
import { parseRoute, showRoute } from "../../src/renderer/route.ts";

it("finds the same place again after a reload, whatever a source is called", () => {
  for (const detail of ["", "new", "edit Röntgen/Nord 100 %", "山田#1?x"])
    expect(parseRoute(showRoute({ screen: "sources", detail }))).toEqual({ screen: "sources", detail });
});

it("shows Browse where the address names no screen", () => {
  for (const hash of ["", "#", "#/", "#/nowhere/new", "#constructor"])
    expect(parseRoute(hash)).toEqual({ screen: "browse", detail: "" });
});

it("takes a mistyped address as it stands instead of failing", () => {
  expect(parseRoute("#/exports/100%")).toEqual({ screen: "exports", detail: "100%" });
});

import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBulkServer, type BulkServer } from "../../support/fhir-bulk-server.ts";
import { jheData } from "../../support/jhe-data.ts";
import { PRACTITIONER, startJheServer, type JheServer } from "../../support/jhe-server.ts";
import { startOAuthServer, type OAuthServer } from "../../support/oauth-server.ts";
import { inspect } from "../../support/window-inspection.ts";
import { photographer } from "../../support/window-screenshot.ts";
import { makeWorkspace, show } from "../../support/window-steps.ts";
import { openWindow, type TestWindow } from "../../support/window.ts";

const shoot = photographer("fhir-sources");
const SECRET = "the secret of this client, not to be shown";
const PATIENTS = 40;
const OBSERVATIONS = 600;
const CLINIC = "Clinic server";
const EXCHANGE = "Wearables";
const HELD = new RegExp(`^${PATIENTS} patients · [\\d,]+ resources$`);

let oauth: OAuthServer;
let bulk: BulkServer;
let exchange: JheServer;
let window: TestWindow;
/** What the FHIR server was shown as a token. */
const shown = new Set<string>();

function line(resource: object): string {
  return JSON.stringify(resource);
}

const patients = Array.from({ length: PATIENTS }, (_, index) =>
  line({
    resourceType: "Patient",
    id: `p${index}`,
    name: [{ family: "Sharma", given: [`Asha${index}`] }],
    birthDate: `19${40 + index}-05-06`,
    meta: { lastUpdated: "2024-05-01T00:00:00Z" },
  }),
);
const observations = Array.from({ length: OBSERVATIONS }, (_, index) =>
  line({
    resourceType: "Observation",
    id: `o${index}`,
    meta: { lastUpdated: "2024-05-01T00:00:00Z" },
    status: "final",
    code: {
      coding: [
        index % 3 === 0
          ? { system: "http://loinc.org", code: "8867-4", display: "Heart rate" }
          : { system: "http://loinc.org", code: "2339-0", display: "Glucose" },
      ],
    },
    subject: { reference: `Patient/p${index % PATIENTS}` },
    effectiveDateTime: `2024-01-${String((index % 28) + 1).padStart(2, "0")}`,
    valueQuantity: { value: 60 + (index % 50), unit: "mg/dL" },
    component: Array.from({ length: 6 }, (_, part) => ({
      code: { coding: [{ system: "http://loinc.org", code: `part-${part}` }] },
      valueString: "<img src=x onerror=alert(1)>",
    })),
  }),
);
const consents = Array.from({ length: PATIENTS }, (_, index) =>
  line({
    resourceType: "Consent",
    id: `c${index}`,
    status: "active",
    scope: { coding: [{ system: "http://terminology.hl7.org/CodeSystem/consentscope", code: "research" }] },
    patient: { reference: `Patient/p${index}` },
    dateTime: "2023-11-02T10:00:00Z",
    provision: { type: index % 2 === 0 ? "permit" : "deny" },
  }),
);

const refusal = line({
  resourceType: "OperationOutcome",
  issue: [{ severity: "error", code: "exception", diagnostics: "25 resources could not be written" }],
});

beforeAll(async () => {
  oauth = await startOAuthServer([
    {
      client_id: "satchel",
      client_secret: SECRET,
      token_endpoint_auth_method: "client_secret_basic",
      grant_types: ["client_credentials"],
      redirect_uris: [],
      response_types: [],
      scope: "system/*.rs",
    },
  ]);
  bulk = await startBulkServer(
    [
      { type: "Patient", lines: patients },
      // The server says that there are more than it gives, and why.
      { type: "Observation", lines: [...observations, refusal], count: OBSERVATIONS + 25 },
      { type: "Consent", lines: consents },
    ],
    {
      intercept(request, response) {
        const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
        if (token !== undefined) shown.add(token);
        else response.writeHead(401).end();
        return token === undefined;
      },
    },
  );
  exchange = await startJheServer("head", jheData([50, 70, 30]));
  window = await openWindow({ locale: "en-GB" });
});
afterAll(async () => {
  await window?.close();
  await Promise.all([bulk?.close(), oauth?.close(), exchange?.close()]);
});

const button = (name: string | RegExp): Locator => window.page.getByRole("button", { name });
const field = (name: string | RegExp): Locator => window.page.getByRole("textbox", { name });

/** A picture in light and one in dark; then whether everybody can use what is shown, in both, small and at 200 %. */
async function look(what: string): Promise<void> {
  const { page } = window;
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await shoot(page, `${what}-${colorScheme}`);
  }
  expect(await inspect(window)).toEqual([]);
}

async function choose(label: string, option: string | RegExp): Promise<void> {
  await window.page.getByRole("combobox", { name: label }).or(field(label)).first().click();
  await window.page.getByRole("option", { name: option }).click();
}

async function chip(name: string): Promise<Locator> {
  await window.page
    .locator("[aria-haspopup=dialog]")
    .filter({ hasText: new RegExp(`^${name}(:|$)`) })
    .click();
  return window.page.getByRole("dialog", { name });
}

/** Beside an open panel the chips have no room. */
async function closePanel(): Promise<void> {
  const panel = window.page.getByRole("complementary", { name: "Resource" });
  await panel.getByRole("button", { name: /^Close/ }).click();
  await panel.waitFor({ state: "detached" });
}

function row(index: number): Locator {
  return window.page.locator(`[role=row][aria-rowindex="${index + 2}"]:not([aria-busy])`).first();
}

describe("from a FHIR server to what it holds, in the window", () => {
  it("connects a server with client credentials, and says what the test of it found", async () => {
    const { page } = window;
    await makeWorkspace(page, "teapot gravel orbit lantern");
    await show(page, "Sources");
    await button("Connect FHIR").first().click();
    await field("Address").fill(bulk.url);
    await choose("Sign-in", /^Client and secret/);
    await field("Client ID").fill("satchel");
    await page.getByLabel("Client secret", { exact: true }).fill(SECRET);
    await button("More of the sign-in").click();
    await field("Address for tokens").fill(oauth.tokenUrl);
    await page.getByRole("radio", { name: "Always" }).check();
    await field("Name").fill(CLINIC);
    await button(/^Test$/).click();
    const findings = page.getByRole("list", { name: "What the test found" });
    await findings.getByText(/gives tokens/).waitFor();
    await look("form");
  });

  it("syncs it by its bulk export: the card counts, and says which type is not complete", async () => {
    const { page } = window;
    await button("Test and add").or(button("Add anyway")).last().click();
    const card = page.getByRole("article", { name: CLINIC });
    await card.getByText(HELD).waitFor();
    await card.getByText(`Observation: ${OBSERVATIONS} of ${OBSERVATIONS + 25} came.`).waitFor();
    await card.getByText("Consent and Patient: it is not certain that all came.").waitFor();
    await card.getByRole("button", { name: "Show by type" }).click();
    const types = card.getByRole("table");
    expect(await types.getByRole("row", { name: /^Patient/ }).innerText()).toContain("Not certain");
    expect(await types.getByRole("row", { name: /^Observation/ }).innerText()).toContain("Not all");
    expect(bulk.kickOffs()).toHaveLength(1);
    expect(await page.locator("body").innerText()).not.toContain(SECRET);
    await look("card");
  });

  it("was let in by tokens of that client alone", async () => {
    expect(shown.size).toBeGreaterThan(0);
    for (const token of shown) {
      const answer = await fetch(`${oauth.url}/Patient`, { headers: { authorization: `Bearer ${token}` } });
      expect(await answer.json()).toMatchObject({ client: "satchel" });
      expect(await window.page.content()).not.toContain(token);
    }
  });

  it("browses by type and by what it is about, with what is not complete said above the list", async () => {
    const { page } = window;
    await show(page, "Browse");
    await page.getByRole("tab", { name: "FHIR" }).click();
    await row(0).waitFor();
    await page.getByText(`Observation: ${OBSERVATIONS} of ${OBSERVATIONS + 25} came.`).waitFor();
    await (await chip("Type")).getByLabel("Observation (not all came)").click();
    await page.keyboard.press("Escape");
    await button(`Export ${OBSERVATIONS} resources…`).waitFor();
    await (await chip("About")).getByLabel(/^Heart rate/).click();
    await page.keyboard.press("Escape");
    await button(`Export ${OBSERVATIONS / 3} resources…`).waitFor();
  });

  it("opens one: its JSON as text, folded, and what its patient agreed to", async () => {
    const { page } = window;
    await row(0).click();
    const panel = page.getByRole("complementary", { name: "Resource" });
    await panel.getByRole("heading", { name: "Observation" }).waitFor();
    await panel.getByText(/^(?:Agreed|Refused): /).waitFor();
    const json = panel.getByRole("group", { name: "As it came (JSON)" });
    expect(await json.innerText()).not.toContain("onerror");
    await panel.getByRole("button", { name: "Unfold all" }).click();
    expect(await json.innerText()).toContain('"<img src=x onerror=alert(1)>"');
    expect(await json.locator("img").count()).toBe(0);
    await panel.getByRole("button", { name: "Fold all", exact: true }).click();
    await look("opened");
    await panel.getByRole("button", { name: "Only this patient" }).click();
    await button(/^Export \d{1,2} resources…$/).waitFor();
  });
});

describe("from a JupyterHealth Exchange to a study and its consents, in the window", () => {
  it("asks the exchange for its studies before anything is saved, and reads the chosen one", async () => {
    const { page } = window;
    await show(page, "Sources");
    await button("Connect FHIR").first().click();
    await page.getByRole("radio", { name: "JupyterHealth Exchange" }).check();
    await field("Address").fill(exchange.url);
    await choose("Sign-in", /^Client and secret/);
    await field("Client ID").fill(PRACTITIONER.clientId);
    await page.getByLabel("Client secret", { exact: true }).fill(PRACTITIONER.secret);
    await button("Ask the server what there is to choose").click();
    await page.getByText("The server has answered.").waitFor();
    await choose("Studies", /^Study of glucose/);
    await page.keyboard.press("Escape");
    await field("Name").fill(EXCHANGE);
    await look("exchange-form");
    await button("Test and add").click();
    const card = page.getByRole("article", { name: EXCHANGE });
    await card.getByText(/^1 patient · \d+ resources$/).waitFor();
  });

  it("shows who takes part, and what they agreed to and refused", async () => {
    const { page } = window;
    await show(page, "Browse");
    await page.getByRole("tab", { name: "FHIR" }).click();
    await closePanel();
    await button("Clear all filters").click();
    await (await chip("Study or group")).getByLabel("Study of glucose").click();
    await page.keyboard.press("Escape");
    await button(/^Export 51 resources…$/).waitFor();
    await row(0).click();
    const panel = page.getByRole("complementary", { name: "Resource" });
    // The other server's is none of this study's.
    expect(await page.getByText(/What is missing is named/).count()).toBe(0);
    await panel.getByText("Agreed: omh:blood-glucose:4.0").waitFor();
    await panel.getByText("Refused: omh:heart-rate:2.0").waitFor();
    await look("consents");
  });

  it("finds a patient by a part of the name", async () => {
    const { page } = window;
    await closePanel();
    await button("Clear all filters").click();
    const dialog = await chip("Patient");
    await dialog.getByRole("textbox").fill("Asha17");
    await dialog.getByLabel(/Asha17/).click();
    await page.keyboard.press("Escape");
    await button(/^Export 17 resources…$/).waitFor();
  });

  it("complains of nothing", () => {
    expect(window.complaints).toEqual([]);
  });
});

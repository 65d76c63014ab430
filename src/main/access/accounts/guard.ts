import { SatchelError, toErrorRecord } from "../../../contract/errors.ts";
import { hasAccounts, type StoredAccount } from "../../catalog/accounts.ts";
import { appendAudit } from "../../audit/audit-log.ts";
import { readSettings } from "../../catalog/settings.ts";
import type { Workspace } from "../workspace.ts";
import { runAs, streamAs, type Acting } from "./acting.ts";
import type { Who } from "./requirement.ts";
import { assertInstance } from "./requirements/find.ts";
import { REQUIREMENTS } from "./requirements/index.ts";
import { Session } from "./session.ts";
import { signedOut } from "./sign-in.ts";
import { viewerOf, type Viewer } from "./viewer.ts";

/** Minutes, where accounts are and nothing else is set. */
const USUAL_LOCK_MINUTES = 10;

export interface GuardPorts {
  /** Undefined while the workspace is locked: then its calls fail by themselves. */
  workspace(): Workspace | undefined;
  now(): Date;
  /** Commands last as long as they must. */
  locksWhenIdle: boolean;
}

type Handler = (input: unknown, signal: AbortSignal) => unknown;

/** A requirement without the types of its call: those are checked where it is declared. */
interface AnyRequirement {
  who: Who;
  narrow?(input: unknown, viewer: Viewer): unknown;
  show?(output: unknown, viewer: Viewer, input: unknown): unknown;
  toNobody?(output: unknown): unknown;
}

/** What is not declared is for administrators. */
const UNDECLARED: AnyRequirement = { who: "administrator" };

/**
 * Stands before every handler of every wire: the one place where accounts are asked for. A workspace without accounts is answered as if it
 * were not there.
 */
export class Guard {
  readonly #ports: GuardPorts;
  readonly #sessions = new Set<Session>();

  constructor(ports: GuardPorts) {
    this.#ports = ports;
  }

  /** A wire begins; nobody is signed in over it. */
  begin(): Session {
    const session = new Session();
    this.#sessions.add(session);
    return session;
  }

  end(session: Session): void {
    session.signOut();
    this.#sessions.delete(session);
  }

  /** The handlers as one wire gets them. */
  over<H extends Record<string, (input: never, signal: AbortSignal) => unknown>>(handlers: H, session: Session): H {
    const guarded = Object.entries(handlers).map(([name, handler]) => [
      name,
      (input: unknown, signal: AbortSignal) => this.#answer(name, handler as Handler, session, input, signal),
    ]);
    return Object.fromEntries(guarded) as H;
  }

  /** Minutes after which a session without calls ends; null: never. */
  lockAfterMinutes(workspace: Workspace): number | null {
    const { lockAfterMinutes } = readSettings(workspace.catalog);
    if (!this.#ports.locksWhenIdle || !hasAccounts(workspace.catalog) || lockAfterMinutes === 0) return null;
    return lockAfterMinutes ?? USUAL_LOCK_MINUTES;
  }

  /** @throws SatchelError SIGN_IN_NEEDED, NOT_ALLOWED, NOT_FOUND where nobody of that key may see the instance */
  assertPicture(instance: number, key: string | undefined): void {
    const workspace = this.#ports.workspace();
    if (workspace === undefined || !hasAccounts(workspace.catalog)) return;
    const session = [...this.#sessions].find((one) => key !== undefined && one.pictures === key);
    const account = session === undefined ? undefined : this.#accountOf(session, workspace);
    if (account === undefined) throw signedOut();
    if (account.role === "administrator") return;
    if (account.role === "analyst") {
      recordRefusal(workspace, account, "picture", this.#ports.now());
      throw notAllowed();
    }
    assertInstance(viewerOf(workspace.catalog, account), instance);
  }

  #answer(name: string, handler: Handler, session: Session, given: unknown, signal: AbortSignal): unknown {
    const workspace = this.#ports.workspace();
    const open = workspace !== undefined && hasAccounts(workspace.catalog);
    const account = open ? this.#accountOf(session, workspace) : undefined;
    const acting: Acting = { session, account: account?.name };
    if (!open) return this.#run(acting, handler, given, signal, (output) => output);
    const { catalog } = workspace;
    const requirement = requirementOf(name);
    if (account === undefined) {
      if (requirement.who !== "anyone") throw signedOut();
      return this.#run(acting, handler, given, signal, (output) => requirement.toNobody?.(output) ?? output);
    }
    session.touch(this.#ports.now());
    const stillSignedIn = (): void => {
      if (requirement.who !== "anyone" && this.#accountOf(session, workspace)?.id !== account.id) throw signedOut();
    };
    if (account.role === "administrator")
      // Of a call nothing more is asked: one that removed the own account is answered all the same.
      return this.#run(acting, handler, given, signal, (output, streamed) => {
        if (streamed) stillSignedIn();
        return output;
      });
    try {
      if (!mayCall(requirement.who, account)) throw notAllowed();
      const input = requirement.narrow?.(given, viewerOf(catalog, account)) ?? given;
      return this.#run(acting, handler, input, signal, (output) => {
        stillSignedIn();
        // As it is now: what was assigned may have been taken away while the handler was at work.
        return requirement.show?.(output, viewerOf(catalog, account), given) ?? output;
      });
    } catch (thrown) {
      if (toErrorRecord(thrown).code === "NOT_ALLOWED") recordRefusal(workspace, account, name, this.#ports.now());
      throw thrown;
    }
  }

  #run(
    acting: Acting,
    handler: Handler,
    input: unknown,
    signal: AbortSignal,
    show: (output: unknown, streamed: boolean) => unknown,
  ): unknown {
    const result = runAs(acting, () => handler(input, signal));
    if (isAsyncIterable(result)) return shown(streamAs(acting, result), show);
    return result instanceof Promise ? result.then((output) => show(output, false)) : show(result, false);
  }

  #accountOf(session: Session, workspace: Workspace): StoredAccount | undefined {
    return session.account(workspace.catalog, this.#ports.now(), this.lockAfterMinutes(workspace));
  }
}

function requirementOf(name: string): AnyRequirement {
  const declared: Record<string, unknown> = REQUIREMENTS;
  return Object.hasOwn(declared, name) ? (declared[name] as AnyRequirement) : UNDECLARED;
}

function mayCall(who: Who, { role }: StoredAccount): boolean {
  if (who === "anyone" || who === "signed-in") return true;
  return who === "identified" && role === "provider";
}

function notAllowed(): SatchelError {
  return new SatchelError(
    "NOT_ALLOWED",
    "The role of this account does not allow this.",
    "Ask an administrator of this workspace.",
  );
}

/** Who and which call; nothing of what was asked for, which may name a patient. Beside the writer nothing can be written down. */
function recordRefusal(workspace: Workspace, { name, role }: StoredAccount, call: string, now: Date): void {
  if (workspace.catalog.readOnly) return;
  appendAudit(workspace.audit, {
    at: now.toISOString(),
    user: name,
    action: "refused",
    subjects: [],
    policy: "",
    destination: "",
    counts: {},
    result: "refused",
    reason: `${call} (${role})`,
  });
}

async function* shown(
  values: AsyncIterable<unknown>,
  show: (output: unknown, streamed: boolean) => unknown,
): AsyncGenerator {
  for await (const value of values) yield show(value, true);
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

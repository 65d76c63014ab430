import type { Standing } from "../../contract/calls/users.ts";
import { acting } from "../access/accounts/acting.ts";
import type { Guard } from "../access/accounts/guard.ts";
import { keepPassword } from "../access/accounts/passwords.ts";
import { signedOut, trySignIn } from "../access/accounts/sign-in.ts";
import { appendAudit } from "../audit/audit-log.ts";
import { assign, bindSource, listOrganizations } from "../catalog/account-bindings.ts";
import {
  addAccount,
  describeAccount,
  findAccount,
  getAccount,
  hasAccounts,
  listAccounts,
  removeAccount,
  setPassword,
  setRole,
} from "../catalog/accounts.ts";
import type { CallContext, HandlersOf } from "./context.ts";

export function userHandlers(context: CallContext, guard: Guard): HandlersOf<"users"> {
  const { ports, changes } = context;
  /** `what` names an account, a role or an organisation: never a patient. */
  const audit = (action: string, what: string, result = "complete", user = ports.user): void => {
    if (ports.access !== "write") return;
    appendAudit(context.workspace.audit, {
      at: ports.now().toISOString(),
      user,
      action,
      subjects: [],
      policy: what,
      destination: "",
      counts: {},
      result,
    });
    changes.tell("users", "audit");
  };
  const standing = (): Standing => {
    const { workspace } = context;
    const { catalog } = workspace;
    const { session, account } = acting() ?? {};
    const stored = account === undefined ? undefined : findAccount(catalog, account);
    return {
      accounts: hasAccounts(catalog),
      account: stored === undefined ? null : describeAccount(catalog, stored),
      lockAfterMinutes: guard.lockAfterMinutes(workspace),
      pictures: session?.pictures ?? null,
    };
  };
  const described = (name: string) => {
    const { catalog } = context.workspace;
    return describeAccount(catalog, getAccount(catalog, name));
  };
  return {
    "users.me": standing,
    "users.signIn": async ({ name, password }) => {
      const { catalog } = context.workspace;
      const who = acting();
      who?.session.signOut();
      try {
        const account = await trySignIn(catalog, { name, password }, () => ports.now());
        who?.session.signIn(account, ports.now());
        if (who !== undefined) who.account = account.name;
        audit("sign in", "", "complete", account.name);
      } catch (thrown) {
        // A password that was typed in the wrong field must not be written down.
        audit("sign in", "", "refused", findAccount(catalog, name)?.name ?? "unknown account");
        throw thrown;
      }
      return standing();
    },
    "users.signOut": () => {
      const who = acting();
      who?.session.signOut();
      if (who !== undefined) who.account = undefined;
      return standing();
    },
    "users.changePassword": async ({ current, next }) => {
      const { catalog } = context.workspace;
      const who = acting();
      const name = who?.account;
      if (who === undefined || name === undefined) throw signedOut();
      const account = await trySignIn(catalog, { name, password: current }, () => ports.now());
      const kept = await keepPassword(next);
      setPassword(catalog, account.id, kept.kdf, kept.password);
      who.session.signIn(getAccount(catalog, name), ports.now());
      audit("change password", account.name);
      return { ok: true };
    },
    "users.list": () => {
      const { catalog } = context.workspace;
      return listAccounts(catalog).map((account) => describeAccount(catalog, account));
    },
    "users.add": async ({ name, role, password }) => {
      const { catalog } = context.workspace;
      const kept = await keepPassword(password);
      const account = addAccount(catalog, { name, role, ...kept, createdAt: ports.now().toISOString() });
      const who = acting();
      // The first: whoever made it goes on as it, and is not shut out of what they have open.
      if (who !== undefined && who.account === undefined && listAccounts(catalog).length === 1) {
        who.session.signIn(account, ports.now());
        who.account = account.name;
      }
      audit("add account", `${account.name} (${role})`);
      return describeAccount(catalog, account);
    },
    "users.role": ({ name, role }) => {
      const account = setRole(context.workspace.catalog, name, role);
      audit("change role", `${account.name} (${role})`);
      return described(name);
    },
    "users.remove": ({ name }) => {
      const { catalog } = context.workspace;
      const account = getAccount(catalog, name);
      removeAccount(catalog, name);
      audit("remove account", account.name);
      return { ok: true };
    },
    "users.setPassword": async ({ name, password }) => {
      const { catalog } = context.workspace;
      getAccount(catalog, name);
      const kept = await keepPassword(password);
      // It may have gone meanwhile.
      const account = getAccount(catalog, name);
      setPassword(catalog, account.id, kept.kdf, kept.password);
      audit("set password", account.name);
      return { ok: true };
    },
    "users.assign": ({ name, organizations, sources, patients }) => {
      const { catalog } = context.workspace;
      const account = getAccount(catalog, name);
      assign(catalog, account.id, { organizations, sources, patients });
      audit("assign", account.name);
      return described(name);
    },
    "users.organizations": () => listOrganizations(context.workspace.catalog),
    "users.bindSource": ({ source, organization }) => {
      bindSource(context.workspace.catalog, source, organization);
      audit("bind source", `${source}: ${organization ?? "no organisation"}`);
      return { ok: true };
    },
  };
}

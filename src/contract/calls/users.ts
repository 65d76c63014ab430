import { assignedPatient, newPassword, role } from "../accounts.ts";
import { call } from "../rpc.ts";
import { z } from "../schema.ts";
import { done, none } from "./common.ts";

const name = z.string().min(1).max(64);
const password = z.string().max(1_000);

const account = z.object({
  name: z.string(),
  role,
  /** Names. An account with none sees the sources that belong to none. */
  organizations: z.array(z.string()),
  /** Of a provider: whole sources, or patients of one source; never both. */
  sources: z.array(z.string()),
  patients: z.array(assignedPatient),
  createdAt: z.string(),
  /** Until when no password is tried; null where one may be. ISO 8601, UTC. */
  blockedUntil: z.string().nullable(),
});
export type Account = z.infer<typeof account>;

const standing = z.object({
  /** The workspace has accounts: without one that is signed in nothing is answered. */
  accounts: z.boolean(),
  /** Who is signed in over this wire. */
  account: account.nullable(),
  /** Minutes without a call, or without a hand at the window, after which the account is signed out; null: never. */
  lockAfterMinutes: z.int().nullable(),
  /** Goes with the addresses of pictures, which do not travel over the wire; null where none is needed. */
  pictures: z.string().nullable(),
});
export type Standing = z.infer<typeof standing>;

const ofName = z.object({ name }).strict();

/** Accounts of the workspace. There are none until the first is added: then whoever opens the workspace may do everything. */
export const userCalls = {
  "users.me": call(none, standing),
  /** @throws SIGN_IN_NEEDED: the name or the password is wrong, or too many wrong ones came before */
  "users.signIn": call(z.object({ name, password }).strict(), standing),
  "users.signOut": call(none, standing),
  /** One's own. @throws SIGN_IN_NEEDED */
  "users.changePassword": call(z.object({ current: password, next: newPassword }).strict(), done),
  "users.list": call(none, z.array(account)),
  /** The first is an administrator, and is signed in with it. @throws ALREADY_EXISTS, USAGE */
  "users.add": call(z.object({ name, role, password: newPassword }).strict(), account),
  /** @throws NOT_FOUND, USAGE (the last administrator) */
  "users.role": call(z.object({ name, role }).strict(), account),
  /** The last of all too: then there are no accounts any more. @throws NOT_FOUND, USAGE (the last administrator among several accounts) */
  "users.remove": call(ofName, done),
  "users.setPassword": call(z.object({ name, password: newPassword }).strict(), done),
  /** What is given replaces what was; what is left out stays. Organisations are made by being named. @throws NOT_FOUND, USAGE */
  "users.assign": call(
    z
      .object({
        name,
        organizations: z.array(z.string().min(1)).optional(),
        sources: z.array(z.string().min(1)).optional(),
        patients: z.array(assignedPatient).optional(),
      })
      .strict(),
    account,
  ),
  "users.organizations": call(
    none,
    z.array(z.object({ name: z.string(), sources: z.array(z.string()), accounts: z.array(z.string()) })),
  ),
  /** Says whose hospital a source is; null: nobody's. @throws NOT_FOUND, USAGE */
  "users.bindSource": call(z.object({ source: z.string(), organization: z.string().min(1).nullable() }).strict(), done),
};

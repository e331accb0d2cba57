// people/: accounts, sessions, tokens, organizations, members, invitations, and the one place where rights are checked.
// Not here: what a role may do (model/permission.ts), cookies and headers (http/).
// This file: set-up, signing in and out, my password, my name, my API tokens.
import { Failure } from '../../model/failure.ts'
import type { App, Browser, Caller, Handlers } from '../handler.ts'
import { beginPasswordAttempt } from './attempts.ts'
import { TOKEN_MARK } from './identify.ts'
import { hashPassword, isPassword } from './passwords.ts'
import {
  insertOrganization,
  insertPerson,
  isAnyPersonThere,
  lockPersons,
  passwordHashOf,
  personByEmail,
  personWithOrganizations,
  updatePerson,
} from './queries.ts'
import { hashOfSecret, newSecret } from './secrets.ts'
import {
  deleteSession,
  deleteSessionsExcept,
  deleteToken,
  insertSession,
  insertToken,
  SESSION_MS,
  tokensOf,
} from './session-queries.ts'
import { checkSetupToken, forgetSetupToken, setupIsOver } from './setup.ts'

/** Characters of a token that are kept readable, to tell tokens apart in a list. */
const PREFIX_LENGTH = 8

/** What the app shows of the signed-in person; `person_id` null when nobody is. */
export async function sessionReply(app: App, person_id: number | null) {
  if (person_id === null) return { needs_setup: !(await isAnyPersonThere(app.db)), person: null, organizations: [] }
  return { needs_setup: false, ...(await personWithOrganizations(app.db, person_id)) }
}

/** Signs a person in on this browser; whoever was signed in there before is signed out. */
export async function startSession(app: App, browser: Browser, person_id: number): Promise<void> {
  if (browser.session_token) await deleteSession(app.db, hashOfSecret(browser.session_token))
  const token = newSecret()
  const expiresAt = new Date(Date.now() + SESSION_MS)
  await insertSession(app.db, {
    token_hash: hashOfSecret(token),
    person_id,
    user_agent: browser.user_agent.slice(0, 300),
    expires_at: expiresAt.toISOString(),
  })
  browser.setSession(token, expiresAt)
}

/** The cookie slides with the session: the page asks who is signed in each time it loads. */
function renewCookie(browser: Browser, caller: Caller | null): void {
  if (caller?.kind !== 'person' || !browser.session_token) return
  browser.setSession(browser.session_token, new Date(Date.now() + SESSION_MS))
}

export const accountHandlers = {
  async get_session({ app, browser, caller }) {
    renewCookie(browser, caller)
    return sessionReply(app, caller?.person_id ?? null)
  },

  async set_up({ app, browser }, input) {
    await checkSetupToken(app.db, input.token)
    const password_hash = await hashPassword(input.password)
    const person_id = await app.db.transaction().execute(async (tx) => {
      // Two people with the link: the second waits here, and finds the first.
      await lockPersons(tx)
      if (await isAnyPersonThere(tx)) throw setupIsOver()
      const id = await insertPerson(tx, { name: input.name, email: input.email, password_hash })
      if (id === null) throw setupIsOver()
      await insertOrganization(tx, input.organization_name, id)
      return id
    })
    forgetSetupToken(app.db)
    await startSession(app, browser, person_id)
    return sessionReply(app, person_id)
  },

  async sign_in({ app, browser }, input) {
    const succeeded = beginPasswordAttempt(browser.address, input.email.toLowerCase())
    const person = await personByEmail(app.db, input.email)
    if (!(await isPassword(person?.password_hash ?? null, input.password)) || !person)
      throw new Failure('wrong_credentials', 'E-mail or password is wrong.')
    succeeded()
    await startSession(app, browser, person.id)
    return sessionReply(app, person.id)
  },

  async sign_out({ app, browser }) {
    if (browser.session_token) await deleteSession(app.db, hashOfSecret(browser.session_token))
    browser.clearSession()
  },

  async change_password({ app, browser, caller }, input) {
    // Counted apart: strangers who guess at signing in do not keep whoever is in from another password.
    const succeeded = beginPasswordAttempt(browser.address, `person ${caller.person_id}`)
    if (!(await isPassword(await passwordHashOf(app.db, caller.person_id), input.current_password)))
      throw new Failure('invalid_input', 'current_password is not your password.', { field: 'current_password' })
    succeeded()
    const password_hash = await hashPassword(input.new_password)
    const kept = browser.session_token ? hashOfSecret(browser.session_token) : null
    await app.db.transaction().execute(async (tx) => {
      await updatePerson(tx, caller.person_id, { password_hash })
      await deleteSessionsExcept(tx, caller.person_id, kept)
    })
  },

  async update_me({ app, caller }, input) {
    await updatePerson(app.db, caller.person_id, { name: input.name.trim() })
    app.names.forget(caller.person_id)
    return sessionReply(app, caller.person_id)
  },

  async list_tokens({ app, caller }) {
    return tokensOf(app.db, caller.person_id)
  },

  async create_token({ app, caller }, input) {
    // Otherwise a leaked token could make others, and deleting it would not end the leak.
    if (caller.kind === 'token')
      throw new Failure('not_allowed', 'An API token cannot create tokens. Sign in with your password.')
    const secret = `${TOKEN_MARK}${newSecret()}`
    const token = await insertToken(app.db, {
      person_id: caller.person_id,
      name: input.name.trim(),
      token_hash: hashOfSecret(secret),
      prefix: secret.slice(0, PREFIX_LENGTH),
    })
    return { token, secret }
  },

  async delete_token({ app, caller }, input) {
    if (!(await deleteToken(app.db, caller.person_id, input.token_id)))
      throw new Failure('not_found', `token_id: you have no API token ${input.token_id}.`)
  },
} satisfies Partial<Handlers>

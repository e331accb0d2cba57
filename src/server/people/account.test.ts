import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSetupToken } from './setup.ts'
import { openWorld, PASSWORD, type Person } from './test-world.ts'

let world: Awaited<ReturnType<typeof openWorld>>
let owner: Person

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

test('on a new server two people race with the set-up link: one becomes the owner, the other is told', async () => {
  await sql`truncate person, organization cascade`.execute(world.db)
  const token = (await createSetupToken(world.db)) as string
  expect((await world.visitor().api.get_session({})).needs_setup).toBe(true)
  const account = (name: string) => ({
    token,
    name,
    email: `${name}@Example.org`,
    password: PASSWORD,
    organization_name: 'Lab',
  })
  await expect(world.visitor().api.set_up({ ...account('eve'), token: 'x'.repeat(43) })).rejects.toMatchObject({
    code: 'link_expired',
  })

  const [ann, bob] = [world.visitor(), world.visitor()]
  const results = await Promise.allSettled([ann.api.set_up(account('ann')), bob.api.set_up(account('bob'))])

  expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(results.find((r) => r.status === 'rejected')?.reason).toMatchObject({ code: 'already_exists' })
  const winner = results[0]?.status === 'fulfilled' ? ann : bob
  const session = await winner.api.get_session({})
  expect(session).toMatchObject({ needs_setup: false, organizations: [{ name: 'Lab', role: 'owner' }] })
  expect(session.person?.email).toMatch(/^(ann|bob)@example\.org$/)
  owner = { ...winner, id: session.person?.id ?? 0, email: session.person?.email ?? '' }
})

test('after set-up the link is dead, and a restart makes no new one', async () => {
  expect(await createSetupToken(world.db)).toBeNull()
  const late = {
    token: 'x'.repeat(43),
    name: 'Late',
    email: 'late@example.org',
    password: PASSWORD,
    organization_name: 'Mine',
  }
  await expect(world.visitor().api.set_up(late)).rejects.toMatchObject({ code: 'already_exists' })
})

test('signing in works in any spelling of the address, wrong and unknown ones look the same', async () => {
  const guest = world.visitor()
  const session = await guest.api.sign_in({ email: owner.email.toUpperCase(), password: PASSWORD })
  expect(session.person?.id).toBe(owner.id)
  const wrong = await world
    .visitor()
    .api.sign_in({ email: owner.email, password: 'nope' })
    .catch((e) => e)
  const unknown = await world
    .visitor()
    .api.sign_in({ email: 'nobody@example.org', password: 'nope' })
    .catch((e) => e)
  expect(wrong).toMatchObject({ code: 'wrong_credentials' })
  expect(unknown.message).toBe(wrong.message)
})

test('guessing a password is slowed down, even with the right one', async () => {
  const guess = (password: string) => world.visitor().api.sign_in({ email: 'victim@example.org', password })
  for (let i = 0; i < 5; i++) await expect(guess('wrong')).rejects.toMatchObject({ code: 'wrong_credentials' })
  await expect(guess('wrong')).rejects.toMatchObject({ code: 'too_many_attempts' })
})

test('the database holds neither passwords nor secrets; a session is one row of 30 days', async () => {
  const [session] = await world.db.selectFrom('session').selectAll().where('person_id', '=', owner.id).execute()
  expect(session?.token_hash).toMatch(/^[0-9a-f]{64}$/)
  expect(session?.token_hash).not.toBe(owner.cookie.value)
  const days = (Date.parse(session?.expires_at ?? '') - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(29.9)
  expect(days).toBeLessThanOrEqual(30)
})

test('the cookie is out of reach for scripts and other sites, and needs https where the hub has it', async () => {
  const payload = { email: owner.email, password: PASSWORD }
  const reply = await world.server.inject({ method: 'POST', url: '/api/sign-in', payload })
  const cookie = reply.cookies.find((c) => c.name === 'pixlhub_session')
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', secure: true, path: '/' })
  const later = await world.server.inject({ url: '/api/session', cookies: { pixlhub_session: cookie?.value ?? '' } })
  expect(later.cookies[0]?.expires?.getTime()).toBeGreaterThan(Date.now() + 29 * 86_400_000)
})

test('a session slides when it was not seen for an hour, and ends after its time', async () => {
  const guest = world.visitor()
  await guest.api.sign_in({ email: owner.email, password: PASSWORD })
  const age = async (seen: number, left: number) => {
    const at = (ms: number) => new Date(Date.now() + ms).toISOString()
    await world.db
      .updateTable('session')
      .set({ last_seen_at: at(seen), expires_at: at(left) })
      .where('person_id', '=', owner.id)
      .execute()
  }
  const read = () =>
    world.db
      .selectFrom('session')
      .select('expires_at')
      .where('person_id', '=', owner.id)
      .orderBy('created_at', 'desc')
      .executeTakeFirstOrThrow()

  await age(-60000, 5000000)
  await guest.api.list_tokens({})
  expect(Date.parse((await read()).expires_at)).toBeLessThan(Date.now() + 6_000_000)

  await age(-3700000, 5000000)
  await guest.api.list_tokens({})
  const all = await world.db.selectFrom('session').select('expires_at').where('person_id', '=', owner.id).execute()
  expect(all.some((s) => Date.parse(s.expires_at) > Date.now() + 29 * 86_400_000)).toBe(true)

  await age(-3700000, -1000)
  expect((await guest.api.get_session({})).person).toBeNull()
  await owner.api.sign_in({ email: owner.email, password: PASSWORD })
})

test('a new password needs the old one and ends every other session', async () => {
  const other = world.visitor()
  await other.api.sign_in({ email: owner.email, password: PASSWORD })
  await expect(
    owner.api.change_password({ current_password: 'no', new_password: 'another long one' }),
  ).rejects.toMatchObject({
    code: 'invalid_input',
  })
  await owner.api.change_password({ current_password: PASSWORD, new_password: 'another long one' })
  expect((await owner.api.get_session({})).person?.id).toBe(owner.id)
  expect((await other.api.get_session({})).person).toBeNull()
  await expect(other.api.sign_in({ email: owner.email, password: PASSWORD })).rejects.toMatchObject({
    code: 'wrong_credentials',
  })
  await owner.api.change_password({ current_password: 'another long one', new_password: PASSWORD })
})

test('signing out ends this session for whoever copied its cookie', async () => {
  const guest = world.visitor()
  await guest.api.sign_in({ email: owner.email, password: PASSWORD })
  const copied = guest.cookie.value
  await guest.api.sign_out({})
  expect(guest.cookie.value).toBeNull()
  guest.cookie.value = copied
  await expect(guest.api.list_tokens({})).rejects.toMatchObject({ code: 'not_signed_in' })
})

test('an API token signs in, shows its last use, cannot make tokens, and is dead when deleted', async () => {
  const { token, secret } = await owner.api.create_token({ name: ' nightly ' })
  expect(secret).toMatch(/^px_[A-Za-z0-9_-]{43}$/)
  expect(token).toMatchObject({ name: 'nightly', prefix: secret.slice(0, 8), last_used_at: null })

  const script = world.script(secret)
  expect((await script.get_session({})).person?.id).toBe(owner.id)
  expect((await owner.api.list_tokens({}))[0]?.last_used_at).not.toBeNull()
  await expect(script.create_token({ name: 'child' })).rejects.toMatchObject({ code: 'not_allowed' })

  await owner.api.delete_token({ token_id: token.id })
  expect((await script.get_session({})).person).toBeNull()
  await expect(owner.api.delete_token({ token_id: token.id })).rejects.toMatchObject({ code: 'not_found' })
})

test('a wrong bearer is nobody, even beside a good cookie', async () => {
  const guest = world.visitor()
  await guest.api.sign_in({ email: owner.email, password: PASSWORD })
  const script = world.script(`px_${'a'.repeat(43)}`, guest.cookie.value ?? '')
  expect((await script.get_session({})).person).toBeNull()
  await expect(script.list_tokens({})).rejects.toMatchObject({ code: 'not_signed_in' })
})

test('my name is trimmed and shown', async () => {
  expect((await owner.api.update_me({ name: '  Ann  ' })).person?.name).toBe('Ann')
})

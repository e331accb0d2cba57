import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, PASSWORD, type Person } from './test-world.ts'

let world: Awaited<ReturnType<typeof openWorld>>
let owner: Person
let organization_id: number

beforeAll(async () => {
  world = await openWorld()
  ;({ owner, organization_id } = world)
})
afterAll(() => world.close())

const newProject = async (name = 'Cells') => (await owner.api.create_project({ organization_id, name })).id

test('an invitation link shows what it offers, makes an account once, and signs it in', async () => {
  const { invitation, token, link } = await owner.api.create_invitation({
    organization_id,
    organization_role: 'admin',
    email: 'Ada@Example.org',
  })
  expect(link).toBe(`https://hub.example/invite/${token}`)
  expect(invitation).toMatchObject({ email: 'ada@example.org', organization_role: 'admin', project_id: null })
  const days = (Date.parse(invitation.expires_at) - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(6.9)
  expect(days).toBeLessThanOrEqual(7)
  const guest = world.visitor()
  expect(await guest.api.get_invitation({ token })).toMatchObject({
    organization_name: 'Test Labs',
    organization_role: 'admin',
    email: 'ada@example.org',
  })
  await expect(guest.api.accept_invitation({ token })).rejects.toMatchObject({ code: 'invalid_input' })
  const account = { name: 'Ada', email: 'mallory@example.org', password: PASSWORD }
  await expect(guest.api.accept_invitation({ token, account })).rejects.toThrow('account.email')

  const session = await guest.api.accept_invitation({ token, account: { ...account, email: 'ADA@example.org' } })

  expect(session.organizations).toEqual([{ id: organization_id, name: 'Test Labs', role: 'admin' }])
  const late = world.visitor()
  await expect(late.api.get_invitation({ token })).rejects.toMatchObject({ code: 'link_expired' })
  await expect(late.api.accept_invitation({ token, account })).rejects.toMatchObject({ code: 'link_expired' })
})

test('two people race for one link: one gets in', async () => {
  const { token } = await owner.api.create_invitation({ organization_id, organization_role: 'member' })
  const accept = (email: string) =>
    world.visitor().api.accept_invitation({ token, account: { name: 'Racer', email, password: PASSWORD } })
  const results = await Promise.allSettled([accept('racer-1@example.org'), accept('racer-2@example.org')])
  expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('a link that ran out or was withdrawn is dead', async () => {
  const old = await owner.api.create_invitation({ organization_id, organization_role: 'member' })
  await world.db
    .updateTable('invitation')
    .set({ expires_at: '2020-01-01T00:00:00Z' })
    .where('id', '=', old.invitation.id)
    .execute()
  const withdrawn = await owner.api.create_invitation({ organization_id, organization_role: 'member' })
  await owner.api.delete_invitation({ organization_id, invitation_id: withdrawn.invitation.id })
  for (const { token } of [old, withdrawn])
    await expect(world.visitor().api.get_invitation({ token })).rejects.toMatchObject({ code: 'link_expired' })
  const open = (await owner.api.list_invitations({ organization_id })).map((i) => i.id)
  expect(open).not.toContain(old.invitation.id)
  expect(open).not.toContain(withdrawn.invitation.id)
})

test('who has an account must sign in to accept; who is a member already leaves the link unused', async () => {
  const member = await world.join(owner, organization_id, 'member')
  const project_id = await newProject()
  const { token } = await owner.api.create_project_invitation({ project_id, project_role: 'reviewer' })
  const account = { name: 'Twice', email: member.email, password: PASSWORD }
  await expect(world.visitor().api.accept_invitation({ token, account })).rejects.toThrow('Sign in first')
  await expect(owner.api.accept_invitation({ token })).rejects.toMatchObject({ code: 'already_exists' })

  await member.api.accept_invitation({ token })

  expect((await member.api.list_projects({})).map((p) => [p.id, p.role])).toEqual([[project_id, 'reviewer']])
})

test('an invitation to a project makes a stranger a member of its organization, and no link takes a role away', async () => {
  const project_id = await newProject()
  const labeler = await world.joinProject(owner, project_id, 'labeler')
  expect((await labeler.api.get_session({})).organizations).toEqual([
    { id: organization_id, name: 'Test Labs', role: 'member' },
  ])
  await owner.api.set_project_member({ project_id, person_id: labeler.id, role: 'manager' })
  const { token } = await owner.api.create_project_invitation({ project_id, project_role: 'labeler' })
  await expect(labeler.api.accept_invitation({ token })).rejects.toMatchObject({ code: 'already_exists' })
  expect((await labeler.api.get_project({ project_id })).role).toBe('manager')
})

test('a link for another address is refused to the signed-in person', async () => {
  const member = await world.join(owner, organization_id, 'member')
  const { token } = await owner.api.create_invitation({
    organization_id,
    organization_role: 'admin',
    email: 'boss@example.org',
  })
  await expect(member.api.accept_invitation({ token })).rejects.toMatchObject({ code: 'not_allowed' })
})

test('only owners make, change and remove owners; admins manage the rest', async () => {
  const admin = await world.join(owner, organization_id, 'admin')
  const member = await world.join(admin, organization_id, 'member')
  await expect(admin.api.create_invitation({ organization_id, organization_role: 'owner' })).rejects.toMatchObject({
    code: 'not_allowed',
  })
  await expect(
    admin.api.set_organization_member({ organization_id, person_id: admin.id, role: 'owner' }),
  ).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(
    admin.api.set_organization_member({ organization_id, person_id: owner.id, role: 'member' }),
  ).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(admin.api.remove_organization_member({ organization_id, person_id: owner.id })).rejects.toMatchObject({
    code: 'not_allowed',
  })
  await admin.api.set_organization_member({ organization_id, person_id: member.id, role: 'admin' })
  expect((await member.api.list_organization_members({ organization_id })).find((m) => m.id === member.id)?.role).toBe(
    'admin',
  )
})

test('the last owner stays; two owners who demote each other at once leave one', async () => {
  await expect(owner.api.remove_organization_member({ organization_id, person_id: owner.id })).rejects.toMatchObject({
    code: 'last_owner',
  })
  await expect(
    owner.api.set_organization_member({ organization_id, person_id: owner.id, role: 'admin' }),
  ).rejects.toMatchObject({ code: 'last_owner' })
  const second = await world.join(owner, organization_id, 'owner')

  const results = await Promise.allSettled([
    owner.api.set_organization_member({ organization_id, person_id: second.id, role: 'admin' }),
    second.api.set_organization_member({ organization_id, person_id: owner.id, role: 'admin' }),
  ])

  expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected'])
  const winner = results[0]?.status === 'fulfilled' ? owner : second
  const roles = (await winner.api.list_organization_members({ organization_id })).map((m) => m.role)
  expect(roles.filter((r) => r === 'owner')).toHaveLength(1)
  if (winner !== owner)
    await second.api.set_organization_member({ organization_id, person_id: owner.id, role: 'owner' })
})

test('who is removed from the organization loses everything at once, and their own links die', async () => {
  const project_id = await newProject()
  const admin = await world.join(owner, organization_id, 'admin')
  const { token } = await admin.api.create_invitation({ organization_id, organization_role: 'admin' })
  await owner.api.set_organization_member({ organization_id, person_id: admin.id, role: 'member' })
  await expect(world.visitor().api.get_invitation({ token })).rejects.toMatchObject({ code: 'link_expired' })
  await expect(admin.api.get_project({ project_id })).rejects.toMatchObject({ code: 'not_found' })
  await owner.api.set_project_member({ project_id, person_id: admin.id, role: 'manager' })
  await admin.api.get_project({ project_id })

  await owner.api.remove_organization_member({ organization_id, person_id: admin.id })

  await expect(admin.api.get_project({ project_id })).rejects.toMatchObject({ code: 'not_found' })
  await expect(admin.api.list_organization_members({ organization_id })).rejects.toMatchObject({ code: 'not_found' })
  expect((await admin.api.get_session({})).organizations).toEqual([])
  const rows = await world.db.selectFrom('project_member').selectAll().where('person_id', '=', admin.id).execute()
  expect(rows).toEqual([])
})

test('the members of a project: those invited, and whose role comes from the organization and cannot be changed here', async () => {
  const project_id = await newProject()
  const labeler = await world.joinProject(owner, project_id, 'labeler')
  const members = await owner.api.list_project_members({ project_id })
  expect(members.find((m) => m.id === owner.id)).toMatchObject({ role: 'manager', is_inherited: true })
  expect(members.find((m) => m.id === labeler.id)).toMatchObject({ role: 'labeler', is_inherited: false })
  await expect(
    owner.api.set_project_member({ project_id, person_id: owner.id, role: 'labeler' }),
  ).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(owner.api.remove_project_member({ project_id, person_id: 999_999 })).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('nothing of one organization is reachable from another', async () => {
  const { id: foreign_id } = await world.db
    .insertInto('organization')
    .values({ name: 'Other' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const boss = await world.join(owner, organization_id, 'member')
  await world.db
    .insertInto('organization_member')
    .values({ organization_id: foreign_id, person_id: boss.id, role: 'owner' })
    .execute()
  await owner.api.remove_organization_member({ organization_id, person_id: boss.id })
  const project_id = await newProject()
  const { invitation } = await owner.api.create_invitation({ organization_id, organization_role: 'member' })
  const foreign = await boss.api.create_project({ organization_id: foreign_id, name: 'Foreign' })

  await expect(boss.api.get_project({ project_id })).rejects.toMatchObject({ code: 'not_found' })
  await expect(
    boss.api.delete_invitation({ organization_id: foreign_id, invitation_id: invitation.id }),
  ).rejects.toMatchObject({ code: 'not_found' })
  await expect(
    boss.api.remove_organization_member({ organization_id: foreign_id, person_id: owner.id }),
  ).rejects.toMatchObject({ code: 'not_found' })
  await expect(
    boss.api.set_project_member({ project_id: foreign.id, person_id: owner.id, role: 'labeler' }),
  ).rejects.toMatchObject({ code: 'not_found' })
})

// People for the tests of this folder and its neighbours: each comes in by a link, with a browser of their own.
import { type Client, createClient } from '../../contract/client.ts'
import type { OrganizationRole, ProjectRole } from '../../model/permission.ts'
import { testServer } from '../testing.ts'

export type Visitor = { api: Client; cookie: { value: string | null } }
export type Person = Visitor & { id: number; email: string }

export const PASSWORD = 'correct horse battery'

export async function openWorld() {
  const server = await testServer({ PIXLHUB_URL: 'https://hub.example' })
  let count = 0

  const visitor = (cookie: Visitor['cookie'] = { value: null }): Visitor => ({ cookie, api: server.client(cookie) })

  /** A script that sends a bearer, and possibly a browser's cookie with it. */
  const script = (bearer: string, cookie = ''): Client =>
    createClient(
      async (url, { method, headers, body }) => {
        const reply = await server.inject({
          method: method as 'GET',
          url,
          headers,
          ...(body === undefined ? {} : { payload: body as string }),
        })
        return { status: reply.statusCode, text: async () => reply.body }
      },
      { authorization: `Bearer ${bearer}`, ...(cookie ? { cookie: `pixlhub_session=${cookie}` } : {}) },
    )

  async function accept(token: string): Promise<Person> {
    const guest = visitor()
    const email = `guest-${++count}@example.org`
    const session = await guest.api.accept_invitation({
      token,
      account: { name: `Guest ${count}`, email, password: PASSWORD },
    })
    return { ...guest, email, id: session.person?.id ?? 0 }
  }

  async function signIn(email: string): Promise<Person> {
    const guest = visitor()
    const session = await guest.api.sign_in({ email, password: PASSWORD })
    return { ...guest, email, id: session.person?.id ?? 0 }
  }

  return {
    server,
    db: server.app.db,
    organization_id: server.organization_id,
    owner: await signIn('owner@example.org'),
    visitor,
    script,
    signIn,
    join: async (inviter: Person, organization_id: number, organization_role: OrganizationRole) =>
      accept((await inviter.api.create_invitation({ organization_id, organization_role })).token),
    joinProject: async (inviter: Person, project_id: number, project_role: ProjectRole) =>
      accept((await inviter.api.create_project_invitation({ project_id, project_role })).token),
    close: () => server.close(),
  }
}

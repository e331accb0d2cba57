// People for tests: each with an own browser, calling handlers through the same checks of rights as a request.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from '../../contract/client.ts'
import type { Endpoint } from '../../contract/endpoint.ts'
import { endpoints } from '../../contract/endpoints.ts'
import { Failure } from '../../model/failure.ts'
import type { OrganizationRole, ProjectRole } from '../../model/permission.ts'
import { batchHandlers } from '../batches/handlers.ts'
import { readConfig } from '../config.ts'
import { openDatabase } from '../db/connect.ts'
import type { App, Browser } from '../handler.ts'
import { FileStore } from '../images/file-store.ts'
import { Background } from '../jobs/background.ts'
import { projectHandlers } from '../projects/handlers.ts'
import { peopleHandlers } from './handlers.ts'
import { identify } from './identify.ts'
import { organizationScope, projectScope } from './rights.ts'
import { createSetupToken } from './setup.ts'

const handlers = { ...peopleHandlers, ...projectHandlers, ...batchHandlers }
type Name = keyof typeof handlers
export type Api = Pick<Client, Name>
export type Visitor = { api: Api; browser: Browser & { bearer: string | null } }
export type Person = Visitor & { id: number; email: string }

export const PASSWORD = 'correct horse battery'

export async function openWorld() {
  const data_dir = await mkdtemp(join(tmpdir(), 'pixlhub-people-'))
  const config = readConfig({ ...process.env, PIXLHUB_DATA: data_dir, PIXLHUB_URL: 'https://hub.example' })
  const { db, close } = await openDatabase(config)
  const log = { info() {}, warn() {}, error() {} }
  const app: App = { config, db, files: new FileStore(data_dir), background: new Background(() => {}), log }
  let count = 0

  function visitor(): Visitor {
    const browser = {
      address: '203.0.113.1',
      user_agent: 'test',
      session_token: null as string | null,
      bearer: null as string | null,
      setSession(token: string) {
        browser.session_token = token
      },
      clearSession() {
        browser.session_token = null
      },
    }
    const names = Object.keys(handlers) as Name[]
    const api = Object.fromEntries(names.map((name) => [name, (input: object) => call(app, browser, name, input)]))
    return { api: api as unknown as Api, browser }
  }

  async function person(accept: (account: { name: string; email: string; password: string }, api: Api) => Promise<unknown>): Promise<Person> {
    const guest = visitor()
    const email = `person-${++count}-${Date.now()}@example.org`
    await accept({ name: `Person ${count}`, email, password: PASSWORD }, guest.api)
    const session = await guest.api.get_session({})
    return { ...guest, email, id: session.person?.id ?? 0 }
  }

  return {
    app,
    db,
    visitor,
    setUp: () =>
      person(async (account, api) => {
        const token = await createSetupToken(db)
        await api.set_up({ ...account, token: token ?? '', organization_name: 'Lab' })
      }),
    join: (inviter: Person, organization_id: number, organization_role: OrganizationRole) =>
      person(async (account, api) => {
        const { token } = await inviter.api.create_invitation({ organization_id, organization_role })
        await api.accept_invitation({ token, account })
      }),
    joinProject: (inviter: Person, project_id: number, project_role: ProjectRole) =>
      person(async (account, api) => {
        const { token } = await inviter.api.create_project_invitation({ project_id, project_role })
        await api.accept_invitation({ token, account })
      }),
    async close() {
      await close()
      await rm(data_dir, { recursive: true, force: true })
    },
  }
}

async function call(app: App, browser: Browser & { bearer: string | null }, name: Name, input: object): Promise<unknown> {
  const { access }: Endpoint = endpoints[name]
  const caller = await identify(app.db, browser)
  const scope: Record<string, unknown> = { app, browser, caller }
  if (access.kind !== 'public' && !caller) throw new Failure('not_signed_in')
  const ids = input as { project_id: number; organization_id: number }
  if (access.kind === 'project' && caller) scope.project = await projectScope(app.db, caller, ids.project_id, access.action)
  if (access.kind === 'organization' && caller) scope.organization = await organizationScope(app.db, caller, ids.organization_id, access.action)
  return (handlers[name] as (call: unknown, input: unknown) => Promise<unknown>)(scope, input)
}

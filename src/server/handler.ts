// What a handler gets and gives. The http folder makes a Call out of a request; tests make one by hand.
import type { Readable } from 'node:stream'
import type { Selectable } from 'kysely'
import type { Endpoint, Input, Reply } from '../contract/endpoint.ts'
import type { EndpointName, Endpoints } from '../contract/endpoints.ts'
import type { OrganizationRole, ProjectRole } from '../model/permission.ts'
import type { Workflow } from '../model/workflow.ts'
import type { ColumnIndex } from './columns/column-index.ts'
import type { Config } from './config.ts'
import type { Database } from './db/connect.ts'
import type { ProjectTable } from './db/tables.ts'
import type { FileStore } from './images/file-store.ts'
import type { Background } from './jobs/background.ts'
import type { Quiet } from './jobs/quiet.ts'
import type { Json } from './json-reply.ts'
import type { Live } from './live/live.ts'
import type { Callers } from './people/identify.ts'
import type { KnownNames } from './people/known-names.ts'
import type { Claims } from './tasks/claim.ts'

/** What lives as long as the server. */
export type App = {
  config: Config
  db: Database
  files: FileStore
  background: Background
  quiet: Quiet
  columns: ColumnIndex
  names: KnownNames
  live: Live
  callers: Callers
  claims: Claims
  log: Log
}
export type Log = {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** Who calls: a person in the browser, or a person's API token. */
export type Caller = { person_id: number; name: string; email: string; kind: 'person' | 'token' }

/** The project of a call, already checked: the caller's role holds the endpoint's action. */
export type ProjectScope = { row: Selectable<ProjectTable>; role: ProjectRole; workflow: Workflow }
export type OrganizationScope = { id: number; name: string; role: OrganizationRole }

type Scope<E extends Endpoint> = E['access']['kind'] extends 'project'
  ? { caller: Caller; project: ProjectScope }
  : E['access']['kind'] extends 'organization'
    ? { caller: Caller; organization: OrganizationScope }
    : E['access']['kind'] extends 'signed_in'
      ? { caller: Caller }
      : { caller: Caller | null }

/** The cookie and address side of a request, for the few handlers that sign people in and out. */
export type Browser = {
  address: string
  user_agent: string
  session_token: string | null
  setSession(token: string, expiresAt: Date): void
  clearSession(): void
}

export type Call<N extends EndpointName> = Scope<Endpoints[N]> & {
  app: App
  browser: Browser
  /** Who the request's cookie or token stands for now: for answers that last. */
  identify: () => Promise<Caller | null>
  /** The raw body of a `bytes` endpoint. */
  bytes: Readable
}

/** A download. `type` is the MIME type; `file_name` makes it an attachment. */
export type Download = {
  stream: Readable | Buffer
  type: string
  file_name?: string
  size?: number
  /** The bytes never change under this URL: browsers may keep them. */
  is_immutable?: boolean
}

export type Handler<N extends EndpointName> = (
  call: Call<N>,
  input: Input<Endpoints[N]>,
) => Promise<Endpoints[N] extends { reply: 'bytes' } ? Download : Reply<Endpoints[N]> | Json<Reply<Endpoints[N]>>>

export type Handlers = { [N in EndpointName]: Handler<N> }

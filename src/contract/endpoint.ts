// contract/: what crosses the wire, written once. Validation, OpenAPI, the client and the generated tests follow.
// This file: what an endpoint is, and the types derived from one.
import type { Static, TSchema } from 'typebox'
import type { OrganizationAction, ProjectAction } from '../model/permission.ts'

/** Who may call: `public`, anyone signed in, or by an action of the permission tables. */
export type Access =
  | { kind: 'public' }
  | { kind: 'signed_in' }
  | { kind: 'organization'; action: OrganizationAction }
  | { kind: 'project'; action: ProjectAction }

export type Endpoint = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With `:params` in snake_case. */
  path: string
  summary: string
  tag: string
  access: Access
  params?: TSchema
  query?: TSchema
  /** A JSON schema, or `bytes`: the raw request body as a stream. */
  body?: TSchema | 'bytes'
  /** A JSON schema, or `bytes`: a download. Absent: 204. */
  reply?: TSchema | 'bytes'
  /** A read that may take seconds: it ends when the caller closes the connection. */
  ends_with_caller?: true
}

type Part<T> = T extends TSchema ? Static<T> : unknown

/** All fields of a call in one object: path, query and body. */
export type Input<E extends Endpoint> = Part<E['params']> &
  Part<E['query']> &
  (E['body'] extends TSchema ? Static<E['body']> : unknown)
// biome-ignore lint/suspicious/noConfusingVoidType: the return type of a call without a reply
export type Reply<E extends Endpoint> = E['reply'] extends TSchema ? Static<E['reply']> : void

export const publicly = { kind: 'public' } as const
export const signedIn = { kind: 'signed_in' } as const
export const inOrganization = <A extends OrganizationAction>(action: A) => ({ kind: 'organization', action }) as const
export const inProject = <A extends ProjectAction>(action: A) => ({ kind: 'project', action }) as const

/** Keeps the literal types of a table of endpoints. */
export const endpointTable = <const T extends Record<string, Endpoint>>(table: T): T => table

// A call that never reached the server.
import { ApiError } from '../contract/client.ts'

/** Its `code`. */
export const OFFLINE = 'offline'

export function offlineError(): ApiError {
  return new ApiError(0, {
    code: OFFLINE,
    title: 'No connection',
    detail: 'The server did not answer. Check the connection, then try again.',
  })
}

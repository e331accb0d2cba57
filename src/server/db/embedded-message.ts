// What is sent to PGlite to run a prepared statement, in one buffer that is used again. Its own way of putting such a message
// together copies each value some eight times; of a document with thousands of objects that is enough garbage to hold up every third save.

/** A longer message gets a buffer of its own, bytes. */
const KEPT = 4 * 1024 * 1024
/** Of a message without names and values, of one value without its bytes: at most. */
const FRAME = 64
const VALUE = 6

const EXECUTE_AND_SYNC = Buffer.from('E\0\0\0\x09\0\0\0\0\0S\0\0\0\x04', 'latin1')
const [TEXT, BINARY, NULL] = [0, 1, -1]

let kept = Buffer.allocUnsafeSlow(64 * 1024)

/**
 * Bind, Execute and Sync of PostgreSQL's frontend protocol 3.0, for the unnamed portal, with results as text.
 * @param values strings go as text, bytes in PostgreSQL's binary form
 * @returns bytes that hold until the next call
 */
export function boundMessage(statement: string, values: readonly (string | Uint8Array | null)[]): Uint8Array {
  const room = values.reduce((sum, value) => sum + VALUE + mostBytes(value), FRAME + mostBytes(statement))
  const to = room > KEPT ? Buffer.allocUnsafeSlow(room) : keptOf(room)
  let at = to.write('B', 'latin1') + 4
  at = to.writeUInt8(0, at)
  at += to.write(statement, at)
  at = to.writeUInt8(0, at)
  at = to.writeUInt16BE(values.length, at)
  for (const value of values) at = to.writeUInt16BE(value instanceof Uint8Array ? BINARY : TEXT, at)
  at = to.writeUInt16BE(values.length, at)
  for (const value of values) {
    const from = at + 4
    if (value instanceof Uint8Array) to.set(value, from)
    const bytes = value === null ? 0 : typeof value === 'string' ? to.write(value, from) : value.length
    to.writeInt32BE(value === null ? NULL : bytes, at)
    at = from + bytes
  }
  // All results as text.
  at = to.writeUInt16BE(0, at)
  // Without the letter.
  to.writeInt32BE(at - 1, 1)
  to.set(EXECUTE_AND_SYNC, at)
  return to.subarray(0, at + EXECUTE_AND_SYNC.length)
}

/** A UTF-16 unit is at most three bytes of UTF-8. Longer ones are counted: three times as much would be kept. */
function mostBytes(value: string | Uint8Array | null): number {
  if (typeof value !== 'string') return value?.length ?? 0
  return value.length < 1000 ? value.length * 3 : Buffer.byteLength(value)
}

function keptOf(room: number): Buffer {
  if (room > kept.length) kept = Buffer.allocUnsafeSlow(Math.min(2 * room, KEPT))
  return kept
}

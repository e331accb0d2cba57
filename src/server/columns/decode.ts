// The bytes of a column as the database sends them (queries.ts), as numbers and texts. Big-endian, as PostgreSQL's
// send functions write.

/** PostgreSQL counts microseconds from 2000-01-01. */
const EPOCH_MS = Date.UTC(2000, 0, 1)
/** The high half of `-2^63`, which stands for null: no moment is that old. */
const NULL_HIGH = -0x80000000

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

export function int4s(bytes: Uint8Array): Float64Array {
  const view = viewOf(bytes)
  const values = new Float64Array(bytes.byteLength / 4)
  for (let i = 0; i < values.length; i++) values[i] = view.getInt32(i * 4)
  return values
}

/** Exact up to 2^53. */
export function int8s(bytes: Uint8Array): Float64Array {
  const view = viewOf(bytes)
  const values = new Float64Array(bytes.byteLength / 8)
  for (let i = 0; i < values.length; i++) values[i] = view.getInt32(i * 8) * 2 ** 32 + view.getUint32(i * 8 + 4)
  return values
}

/** Milliseconds since 1970, NaN for null. */
export function moments(bytes: Uint8Array): Float64Array {
  const view = viewOf(bytes)
  const values = new Float64Array(bytes.byteLength / 8)
  for (let i = 0; i < values.length; i++) {
    const high = view.getInt32(i * 8)
    values[i] = high === NULL_HIGH ? Number.NaN : (high * 2 ** 32 + view.getUint32(i * 8 + 4)) / 1000 + EPOCH_MS
  }
  return values
}

/** Where each of `count` texts begins; they are set apart by zero bytes, which no text of PostgreSQL holds. One more at the end. */
export function textStarts(bytes: Uint8Array, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1)
  let at = 0
  for (let i = 1; i < count; i++) {
    at = bytes.indexOf(0, at) + 1
    starts[i] = at
  }
  starts[count] = bytes.byteLength + 1
  return starts
}

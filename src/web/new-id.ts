// Names for what begins in the browser: an object, a session, a comment on its way. `crypto.randomUUID` exists only on https and
// localhost, and a server in an office is reached over plain http; random bytes are there too.

/** A random UUID (version 4, RFC 9562). */
export function newId(): string {
  const bytes = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte, at) =>
    at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte,
  )
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

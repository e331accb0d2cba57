// Two requests for the same work wait for the same work.

const running = new Map<string, Promise<void>>()

export async function once(name: string, work: () => Promise<void>): Promise<void> {
  const known = running.get(name) ?? work().finally(() => running.delete(name))
  running.set(name, known)
  await known
}

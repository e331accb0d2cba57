// What has to reach the server before the session ends: work that is open on a page.

/** @returns whether nothing stands in the way; if something does, it has said so */
type Act = () => Promise<boolean>

const acts = new Set<Act>()

/** @returns the way to take it back */
export function beforeSignOut(act: Act): () => void {
  acts.add(act)
  return () => void acts.delete(act)
}

export async function mayEndSession(): Promise<boolean> {
  const answers = await Promise.all([...acts].map((act) => act()))
  return answers.every(Boolean)
}

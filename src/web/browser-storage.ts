// Small things that this browser remembers. One that keeps nothing (a private window, a full disk) is no error: what a
// person chose is shown all the same, and forgotten with the page.

export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

export function remember(key: string, text: string): void {
  try {
    localStorage.setItem(key, text)
  } catch {
    // Not remembered.
  }
}

// Names of operations as people read them: `change-status` → `Change status`.

export function titleOf(operationName: string): string {
  const words = operationName.replace(/-/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

// Text into the clipboard. `navigator.clipboard` exists only on https and localhost; over plain http a field is copied from.

/** To be called while an input is handled: browsers allow it only then. @throws if it is not copied */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const before = document.activeElement as HTMLElement | null
  const field = document.createElement('textarea')
  field.value = text
  field.readOnly = true
  field.style.position = 'fixed'
  field.style.opacity = '0'
  document.body.append(field)
  field.select()
  const isCopied = document.execCommand('copy')
  field.remove()
  before?.focus({ preventScroll: true })
  if (!isCopied) throw new Error('The browser does not let this page copy.')
}

// The browser's own file dialog, for files or for a folder.

/** @returns the chosen files; none when the dialog was closed */
export function pickFiles(options: { folder?: boolean; accept?: string }): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = true
    if (options.folder) input.webkitdirectory = true
    else if (options.accept) input.accept = options.accept
    input.onchange = () => resolve([...(input.files ?? [])])
    input.oncancel = () => resolve([])
    input.click()
  })
}

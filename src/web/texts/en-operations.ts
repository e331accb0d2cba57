// Texts of the operations page.
export const operations = {} as const

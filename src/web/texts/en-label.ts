// Texts of the label page.
export const label = {} as const

// Texts of the tasks page.
export const tasks = {} as const

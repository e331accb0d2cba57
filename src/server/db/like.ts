// A pattern for `ilike`: a text anywhere, its own wildcards taken as they are.
export const like = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

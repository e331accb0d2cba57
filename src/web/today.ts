// When a person's day began, by the clock in front of them.
export const midnight = (now = Date.now()): string => new Date(new Date(now).setHours(0, 0, 0, 0)).toISOString()

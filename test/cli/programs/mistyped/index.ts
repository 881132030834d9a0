export const sizes = new Map<string, string>();

import type { Template } from "../../templates";

/** What a function answers: values with placeholders by name. */
export type Lookup = Readonly<Record<string, Template>>;

export const MADE_ON = "2024-01-01T00:00:00Z";
export const NO_TAGS: Lookup = {};

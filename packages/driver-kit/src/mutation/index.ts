// What a driver's own tests try mutants of its tables with.
export { type FoundOut, foundOut, type MutationSample } from './found-out.ts';

// What a driver author tests with. Virtual phones are built on `./virtual`.
export * from './conformance/index.ts';
export * from './contexts/index.ts';

import { runDemo } from './run-demo.ts';

process.exit(await runDemo(process.env));

export type { Application } from './application.ts';
export { type Config, type ConfigResult, parseConfig } from './config/config.ts';
export { createGateway, type Gateway, type GatewayOptions } from './gateway.ts';
export type { GraphiqlSetup, GraphiqlTab } from './http/graphiql.ts';
export { createLog } from './observability/log.ts';
export { StartError } from './start-error.ts';

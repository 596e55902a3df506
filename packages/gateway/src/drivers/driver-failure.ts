import { type DriverFailed, driverFailed } from '@hookswitch/core';
import { DriverFault } from './driver-port.ts';

/** What something that a driver threw comes to. What it said is for the log: it may hold anything. */
export function driverFailure(error: unknown, driverName: string): DriverFailed {
  if (error instanceof DriverFault) return driverFailed(error.message, error.retryable);
  return driverFailed(`The driver "${driverName}" failed; see the gateway's log.`, false);
}

/** Why an action URL got no reply that can be read. `dropped`: a test kept it from being sent. */
export type ActionUrlFailure = 'badUrl' | 'dropped' | 'refused' | 'timedOut' | 'closed' | 'malformed' | 'failed';

/** What the server answered. Headers by lower-case name. */
export interface ActionUrlReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

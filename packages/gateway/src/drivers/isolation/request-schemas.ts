import { z } from 'zod';

// What a driver in a worker asks of its context: the frame is looked at here, the rest by what sends it.

const text = z.string().max(10_000_000);
const headers = z.record(z.string(), text).optional();
const timeoutMs = z.number().positive().optional();
const rehearsal = z.object({ status: z.int(), body: text.optional() }).optional();

/** `HttpRequest`. */
export const httpRequest = z.object({
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']),
  target: text,
  headers,
  body: text.optional(),
  credentials: z.string().optional(),
  credentialsInTarget: z.boolean().optional(),
  connection: z.enum(['keep-alive', 'close']).optional(),
  readOnly: z.boolean().optional(),
  timeoutMs,
  rehearsal,
});

/** `SipRequest`. */
export const sipRequest = z.object({
  method: z.enum(['NOTIFY', 'MESSAGE', 'OPTIONS', 'INFO']),
  headers,
  contentType: z.string().optional(),
  body: text.optional(),
  readOnly: z.boolean().optional(),
  timeoutMs,
  rehearsal,
});

/** `SipInvitation`. */
export const sipInvitation = z.object({
  headers,
  contentType: z.string().optional(),
  body: text.optional(),
  timeoutMs,
  rehearsal: z.array(text).optional(),
});

/** An INFO within a dialog. */
export const sipInfo = z.object({ contentType: z.string(), body: text });

/** A document that the phone is to fetch. */
export const publishedDocument = z.object({
  mediaType: z.string(),
  body: text,
  provesEventPath: z.boolean().default(false),
});

/** A line for the log. */
export const logLine = z.object({
  level: z.enum(['debug', 'warn']),
  message: z.string().max(10_000),
  fields: z.record(z.string(), z.unknown()).optional(),
});

/** What every request names: the context that it is for, and the dialog. */
export const frame = z.object({ context: z.int(), conversation: z.int().optional() });
/** A REFER. */
export const referTarget = z.string().max(10_000);
/** A wait, in milliseconds. */
export const waitMs = z.number().min(0).max(600_000);

// The container's health check: the gateway's own /health/live. Exits with 1 where it does not answer 200 within 4 seconds.
const port = process.env.HOOKSWITCH_PORT ?? '4000';
try {
  const { ok, status } = await fetch(`http://127.0.0.1:${port}/health/live`, { signal: AbortSignal.timeout(4_000) });
  if (!ok) throw new Error(`status ${status}`);
} catch (error) {
  process.stderr.write(`/health/live: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

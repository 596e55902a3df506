// Preloaded by run.ts into the process it starts: when the launcher is killed without a chance to pass a signal on,
// its process asks itself to end.
const launcher = process.ppid;

setInterval(() => {
  if (process.ppid !== launcher) process.kill(process.pid, 'SIGTERM');
}, 250).unref();

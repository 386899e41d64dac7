// The SSH client manager of n8n-core 1 starts an interval with the first run, and nothing public ends it. It keeps no
// process alive from n8n-core 2 on; neither does it here.
const { setInterval: start } = globalThis;
globalThis.setInterval = ((...args: Parameters<typeof start>) => start(...args).unref()) as typeof start;

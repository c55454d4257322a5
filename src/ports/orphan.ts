// Preloaded into every child process: when the channel to the parent closes, whatever the reason, the child ends.
process.once('disconnect', () => process.exit(0));

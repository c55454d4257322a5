// A stand-in for the program's entry files: does what its parent asks.
process.on('message', (message: { readonly kind: string; readonly value?: unknown }) => {
  if (message.kind === 'echo') process.send?.({ args: process.argv.slice(2), value: message.value });
  if (message.kind === 'env') process.send?.(Object.keys(process.env));
  if (message.kind === 'exit') process.exit(7);
  if (message.kind === 'deaf') {
    process.on('SIGTERM', () => {});
    process.send?.('deaf');
  }
  if (message.kind === 'talk') {
    const line = 'x'.repeat(1000);
    for (let n = 0; n < 2000; n++) process.stdout.write(line);
    process.send?.('talked');
  }
});

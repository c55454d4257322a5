/** Value types of GGUF metadata used here (ggml's gguf.md). */
const U32 = 4;
const F32 = 6;
const STRING = 8;

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  return Buffer.concat([length, bytes]);
}

function numbers(write: (buffer: Buffer) => void, size: number): Buffer {
  const buffer = Buffer.alloc(size);
  write(buffer);
  return buffer;
}
const u32 = (value: number) => numbers((buffer) => buffer.writeUInt32LE(value), 4);
const u64 = (value: number) => numbers((buffer) => buffer.writeBigUInt64LE(BigInt(value)), 8);

/**
 * A tiny LoRA adapter as GGUF: rank 2 on the first layers' output projection, of a `width` wide model. Large enough
 * values that the model's text changes.
 */
export function loraAdapter(width: number, layers: number): Buffer {
  const rank = 2;
  const meta: readonly Buffer[] = [
    Buffer.concat([text('general.type'), u32(STRING), text('adapter')]),
    Buffer.concat([text('general.architecture'), u32(STRING), text('llama')]),
    Buffer.concat([text('adapter.type'), u32(STRING), text('lora')]),
    Buffer.concat([text('adapter.lora.alpha'), u32(F32), numbers((buffer) => buffer.writeFloatLE(rank), 4)]),
    Buffer.concat([text('general.alignment'), u32(U32), u32(32)]),
  ];
  const infos: Buffer[] = [];
  const data: Buffer[] = [];
  let offset = 0;
  const add = (name: string, shape: readonly [number, number]) => {
    const values = Float32Array.from(
      { length: shape[0] * shape[1] },
      (_, at) => Math.sin(at * 12.9898) * 0.5,
    );
    infos.push(Buffer.concat([text(name), u32(2), u64(shape[0]), u64(shape[1]), u32(0), u64(offset)]));
    data.push(Buffer.from(values.buffer));
    offset += values.byteLength;
    const gap = (32 - (offset % 32)) % 32;
    data.push(Buffer.alloc(gap));
    offset += gap;
  };
  for (let layer = 0; layer < layers; layer += 1) {
    add(`blk.${layer}.attn_output.weight.lora_a`, [width, rank]);
    add(`blk.${layer}.attn_output.weight.lora_b`, [rank, width]);
  }
  const head = Buffer.concat([
    Buffer.from('GGUF'),
    u32(3),
    u64(infos.length),
    u64(meta.length),
    ...meta,
    ...infos,
  ]);
  return Buffer.concat([head, Buffer.alloc((32 - (head.length % 32)) % 32), ...data]);
}

import * as client from '../api/client';
import { Problem } from '../api/problem';
import type { ImageRequest } from '../api/types';

/** The largest piece that the API takes. */
const PIECE = 4 * 1024 * 1024;
const TRIES = 10;

export type Files = Partial<Record<'disk' | 'kernel' | 'initrd', File>>;

/** Makes a revision and sends its files; `progress` is told how many bytes have arrived in all. */
export async function upload(
  request: Omit<ImageRequest, 'files'>,
  files: Files,
  progress: (sent: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const entries = Object.entries(files).filter((entry): entry is [string, File] =>
    Boolean(entry[1]),
  );
  const image = await client.createImage({
    ...request,
    files: entries.map(([role, file]) => ({ role, bytes: file.size })),
  });
  const revision = image.revisions[0]?.revision ?? 1;
  let before = 0;
  for (const [role, file] of entries) {
    const path = client.filePath(image.id, revision, role);
    await send(path, file, (sent) => progress(before + sent), signal);
    before += file.size;
  }
}

/** Piece by piece; after a broken connection the server says where to go on. */
async function send(
  path: string,
  file: File,
  progress: (sent: number) => void,
  signal: AbortSignal,
): Promise<void> {
  let offset = 0;
  let failures = 0;
  while (offset < file.size) {
    try {
      offset = await client.sendPiece(path, offset, file.slice(offset, offset + PIECE), signal);
      failures = 0;
    } catch (error) {
      const goesOn = error instanceof Problem && (error.status === 0 || error.status === 409);
      if (!goesOn || ++failures > TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500 * failures));
      offset = await client.pieceOffset(path, signal).catch(() => offset);
    }
    progress(offset);
  }
}

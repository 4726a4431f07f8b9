import { join } from 'node:path';

/** Where `npm run build` puts the screens. */
export const rendererDir = join(import.meta.dirname, '..', '..', 'dist', 'renderer');

// A static file server as plain as the plainest host: no fallback page, no headers beyond the type.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

/** What a file is sent as, by its ending. */
export const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};

/**
 * Serves `root` (a folder) under `base` (a path that starts and ends with a slash) on a free port of
 * 127.0.0.1. `headers` go with every answer: give `access-control-allow-origin` to play a foreign host
 * of scenarios. `respond(path)` may answer instead of a file with `{ status, type, body }`. `delay_ms`
 * holds every answer back, as a slow line does.
 */
export async function serveFolder(root, { base = '/', headers = {}, respond = () => undefined, delay_ms = 0 } = {}) {
  const server = createServer((request, response) => {
    const held = delay_ms > 0 ? new Promise((next) => setTimeout(next, delay_ms)) : undefined;
    Promise.resolve(held).then(() => answer(request, response)).catch((error) => {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
    });
  });

  async function answer(request, response) {
    const { pathname } = new URL(request.url, 'http://localhost');
    const path = decodeURIComponent(pathname);
    const made = path.startsWith(base) ? respond(path.slice(base.length)) : undefined;
    if (made) {
      const { status = 200, type = 'application/json', body = '' } = made;
      response.writeHead(status, { ...headers, 'content-type': type }).end(body);
      return;
    }
    const file = path.startsWith(base) ? await fileAt(root, path.slice(base.length)) : undefined;
    if (!file) {
      response.writeHead(404, { ...headers, 'content-type': 'text/plain' }).end('not found');
      return;
    }
    response.writeHead(200, { ...headers, 'content-type': types[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  }

  await new Promise((ready, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', ready);
  });
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    url: origin + base,
    close() {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}

async function fileAt(root, relative) {
  const folder = normalize(root + sep);
  let file = normalize(join(folder, relative));
  if (!file.startsWith(folder)) return undefined;
  if (file.endsWith(sep)) file = join(file, 'index.html');
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() ? file : undefined;
}

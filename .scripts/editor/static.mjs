// A small web server for one folder, for pages of another origin: the web extension is loaded from here.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

const types = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm', '.css': 'text/css', '.html': 'text/html', '.svg': 'image/svg+xml', '.png': 'image/png', '.md': 'text/plain; charset=utf-8' };

/** Serves `folder` under `/ext` on a free local port: `{port, stop()}`. Nothing outside of the folder is read. */
export async function serveFolder(folder) {
  const root = path.resolve(folder);
  const server = createServer(async (request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    try {
      const wanted = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
      const file = path.join(root, wanted.replace(/^\/ext(?=\/|$)/, '/'));
      const found = wanted.startsWith('/ext') && (file + path.sep).startsWith(root + path.sep) ? await stat(file) : undefined;
      if (!found?.isFile()) throw new Error('not a file');
      response.writeHead(200, { 'Content-Type': types[path.extname(file)] ?? 'application/octet-stream', 'Content-Length': found.size });
      if (request.method === 'HEAD') response.end();
      else createReadStream(file).on('error', () => response.destroy()).pipe(response);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const stop = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { port: server.address().port, stop };
}

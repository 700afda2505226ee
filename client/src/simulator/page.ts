// The frame of a page. All it holds is made by its script; nothing of the workspace is ever written into HTML.
import { Uri, type Webview } from 'vscode';

/** `name` is that of its script, its style and the element that it fills. */
export function pageOf(webview: Webview, dist: Uri, { name, title }: { readonly name: string; readonly title: string }): string {
  const source = (file: string): string => webview.asWebviewUri(Uri.joinPath(dist, file)).toString();
  const policy = `default-src 'none'; script-src ${webview.cspSource}; style-src ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${source(`${name}.css`)}">
</head>
<body>
<main id="${name}"></main>
<script src="${source(`${name}.js`)}"></script>
</body>
</html>`;
}

// The page's frame. All it holds is made by its script; nothing of the workspace is ever written into HTML.
import { Uri, type Webview } from 'vscode';

export function pageOf(webview: Webview, dist: Uri): string {
  const source = (name: string): string => webview.asWebviewUri(Uri.joinPath(dist, name)).toString();
  const policy = `default-src 'none'; script-src ${webview.cspSource}; style-src ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Simulator</title>
<link rel="stylesheet" href="${source('simulator.css')}">
</head>
<body>
<main id="simulator"></main>
<script src="${source('simulator.js')}"></script>
</body>
</html>`;
}

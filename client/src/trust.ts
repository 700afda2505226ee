// A workspace that the user has not trusted is read within its own folders only; once it is trusted, the server starts anew with all it may do.
import { workspace, type Disposable } from 'vscode';
import type { Server } from './server';

export function restartWhenTrusted(server: Server): Disposable {
  return workspace.onDidGrantWorkspaceTrust(() => void server.restart());
}

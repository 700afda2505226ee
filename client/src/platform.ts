// What differs between the desktop and the browser: how the server is started, and whether it can open files.
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';

export interface Platform {
  createClient(id: string, name: string, options: LanguageClientOptions): BaseLanguageClient;
  /** false where the server has no file system at all */
  readonly serverHasFiles: boolean;
}

// The language server, for the entries that give it a connection and a host.
export { startServer, type ServerOptions } from './server';
export type { Disk, Host, ListedFile, ReadFile, Skipped, Timer } from './host';

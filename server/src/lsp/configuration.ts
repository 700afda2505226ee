// The editor's settings on their way to the folders: sent at the start, sent when they change, or asked for folder by folder.
import { ConfigurationRequest, DidChangeConfigurationNotification, RegistrationRequest, type Connection } from 'vscode-languageserver';
import type { SettingsSource } from '../core/workspace';
import type { Client } from './client';
import type { Folder } from './folder';
import type { Folders } from './folders';
import { describe, type Guard } from './guard';
import type { Outbox } from './outbox';
import { readSettings } from './settings';

export interface Configuration {
  /** Gives a new folder the settings that are known. */
  begin(folder: Folder): void;
  /** Asks the client for the settings of all folders, where it can be asked. */
  ask(): Promise<void>;
  /** Says that files of the folder may exist without being known, so that their absence proves nothing. */
  incomplete(folder: Folder, is: boolean): void;
}

const SECTION = 'countersign';
const UNKNOWN_FILES = { 'reference/unknown-file': 'off', 'drift/missing-definition': 'off' } as const;

export function createConfiguration(connection: Connection, client: Client, guard: Guard, folders: Folders, log: (message: string) => void, changed: () => void): Configuration {
  let named = new Set<string>();
  const problem = (message: string): void => {
    // several folders have most settings in common
    if (named.size < 100 && !named.has(message)) {
      named.add(message);
      log(message);
    }
  };
  let common: SettingsSource = readSettings(client.settings, problem);
  const own = new WeakMap<Folder, SettingsSource>();
  const partial = new WeakSet<Folder>();
  let asked = 0;

  function give(folder: Folder): void {
    const source = own.get(folder) ?? common;
    folder.apply({ settings: partial.has(folder) || folder.source === 'none' ? { ...source, severity: { ...UNKNOWN_FILES, ...source.severity } } : source });
  }

  async function ask(): Promise<void> {
    if (!client.configuration) return;
    const mine = ++asked;
    const all = folders.all();
    try {
      const answers: unknown = await connection.sendRequest(ConfigurationRequest.type, {
        items: all.map((folder) => (folder.source === 'none' ? { section: SECTION } : { section: SECTION, scopeUri: folder.uri })),
      });
      if (mine !== asked || !Array.isArray(answers)) return;
      named = new Set();
      all.forEach((folder, index) => {
        const answer: unknown = answers[index];
        if (answer === null || answer === undefined || folder.removed) return;
        own.set(folder, readSettings(answer, problem));
        give(folder);
      });
      changed();
    } catch (error) {
      log(`The client did not give its settings: ${error instanceof Error ? error.message : describe(error)}`);
    }
  }

  connection.onNotification(
    DidChangeConfigurationNotification.type,
    guard.notification('workspace/didChangeConfiguration', async (params: { settings?: unknown }) => {
      const sent = typeof params?.settings === 'object' && params.settings !== null ? (params.settings as Record<string, unknown>)[SECTION] : undefined;
      if (sent !== undefined) {
        named = new Set();
        common = readSettings(sent, problem);
        for (const folder of folders.all()) {
          own.delete(folder);
          give(folder);
        }
        changed();
      }
      await ask();
    }),
  );

  return {
    begin: give,
    ask,
    incomplete(folder, is) {
      if (is === partial.has(folder)) return;
      if (is) partial.add(folder);
      else partial.delete(folder);
      give(folder);
    },
  };
}

/** Asks the client to tell of changed settings, where it wants to be asked. */
export function registerConfiguration(outbox: Outbox, client: Client): void {
  if (!client.registersConfiguration) return;
  const registration = { id: 'countersign-configuration', method: DidChangeConfigurationNotification.method, registerOptions: { section: SECTION } };
  void outbox.ask(RegistrationRequest.method, { registrations: [registration] });
}

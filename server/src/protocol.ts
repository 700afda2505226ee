// Requests and notifications between client and server beyond LSP: names and plain types only. The one server file that client/ imports.
export * from './protocol/place';
export * from './protocol/session';
export * from './protocol/simulator';
export * from './protocol/tests';
export * from './protocol/rules';
export * from './protocol/agents';
export * from './protocol/matrix';
export * from './protocol/review';
export * from './protocol/ownership';
export * from './protocol/adopt';
export * from './protocol/snippets';

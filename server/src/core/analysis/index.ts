// The analysis: policies and agents over all requests at once.
export * from './types';

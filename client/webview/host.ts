// The extension behind the simulator's page.
import type { FromPage, ToPage } from '../src/simulator/messages';
import { connect } from './channel';

export { newestWins } from './channel';
export const { send, receive, load, save } = connect<FromPage, ToPage>();

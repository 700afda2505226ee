// The extension behind the matrix's page.
import type { FromPage, ToPage } from '../../src/matrix/messages';
import { connect } from '../channel';

export const { send, receive, load, save } = connect<FromPage, ToPage>();

// Names of the commands of a review.
export const OPEN_CHANGE = 'countersign.review.open';
export const SIMULATE_CHANGE = 'countersign.review.simulate';
export const ACCEPT_CHANGE = 'countersign.review.accept';
export const TEST_CHANGE = 'countersign.review.test';
export const SHOW_CHANGES = 'countersign.review.show';
export const COMPARE_WITH = 'countersign.compareWith';

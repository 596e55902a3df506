/** The phone's lane went to another gateway before this was sent: that one is to be asked. */
export class LaneLost extends Error {
  constructor() {
    super('another gateway has the lane of this phone');
    this.name = 'LaneLost';
  }

  static is(error: unknown): error is LaneLost {
    return error instanceof LaneLost;
  }
}

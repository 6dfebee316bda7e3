// `node --require` this: the process's wall clock jumps by CHAOS_CLOCK_MS at each SIGUSR2, there and back. Timers and
// performance.now() go on as they do when an administrator or NTP sets a machine's clock.
const RealDate = Date;
const jumpMs = Number(process.env.CHAOS_CLOCK_MS);
let offsetMs = 0;

globalThis.Date = class Date extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + offsetMs);
    else super(...args);
  }

  static now() {
    return RealDate.now() + offsetMs;
  }
};
process.on('SIGUSR2', () => (offsetMs = offsetMs === 0 ? jumpMs : 0));

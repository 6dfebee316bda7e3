// `node --require` this: a broken build, whose reconciler never looks for rows that have no job. It shows that the
// scenarios can fail.
const { join } = require('node:path');

const { Reconciler } = require(join(process.env.CHAOS_DIST, 'webhooks/delivery/reconciler.js'));
Reconciler.prototype.sweep = () => Promise.resolve();

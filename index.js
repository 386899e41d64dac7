const { WawpApi } = require('./dist/credentials/WawpApi.credentials.js');
const { Wawp } = require('./dist/nodes/Wawp/Wawp.node.js');

module.exports = { Wawp, WawpApi };

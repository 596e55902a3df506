// Changes the key of the data directory that it is given, as the command line does: to be killed meanwhile.
import { runRotateSecretKey } from '../../../dist/command-line/index.js';

const [dataDir = ''] = process.argv.slice(2);
await runRotateSecretKey(null, { dataDir, configDir: null, secretKey: null }, { out: () => {}, err: () => {} });
